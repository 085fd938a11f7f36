"""The letters about calls and proposals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale

from coordinator.i18n import day, daymonth
from coordinator.institution import queries as institution
from coordinator.letter_texts import queries as letter_texts
from coordinator.letter_texts.words import Wording
from coordinator.letters import Letter, render
from coordinator.links import LinkBook, PersonalLink, absolute
from coordinator.patterns import Pattern, stand_in
from coordinator.proposals.models import Call, CallAccess, Proposal, ProposalStatus, ProposalStep
from coordinator.registry.queries import Recipient
from coordinator.wording import defused, one_line

CALL, RECEIPT, ACCEPTED, REJECTED = (
    "call", "proposal_receipt", "proposal_accepted", "proposal_rejected",
)  # fmt: skip
"""The kinds of letters whose words staff may change."""
SAMPLE = "..."
"""Stands in a preview where a letter has the recipient's own link."""


@dataclass(frozen=True)
class Reader:
    """Somebody who is written to about a proposal, with the link that shows it to them.

    Without a link they have an account.
    """

    name: str
    address: str
    language: str
    link: PersonalLink | None


def calls(call: Call, asked: Sequence[tuple[CallAccess, Recipient]]) -> list[Letter]:
    """The call's letter to each recipient, rendered once a language, with their own links."""
    url = absolute("proposals.personal", token=stand_in("token"))
    own = {"ad": stand_in("name"), "kurulus": stand_in("organization")}
    wording = letter_texts.in_use(CALL)
    patterns = {
        language: Pattern.of(*_rendered("call", call, wording, language, own, url=url))
        for language in {recipient.language for _access, recipient in asked}
    }
    return [_call(patterns[recipient.language], access, recipient) for access, recipient in asked]


def sample_of_call(
    call: Call, name: str, organization: str, language: str, wording: Wording | None = None
) -> tuple[str, str, str]:
    """Return (subject, text, html) of the call's letter as it would reach somebody."""
    url = absolute("proposals.personal", token=SAMPLE)
    own = {"ad": name, "kurulus": organization}
    return _rendered("call", call, wording or letter_texts.in_use(CALL), language, own, url=url)


def receipts(
    proposal: Proposal,
    step: ProposalStep,
    readers: Sequence[Reader],
    wording: Wording | None = None,
) -> list[Letter]:
    """The receipt that says what was sent; `wording` is for trying other words."""
    wording = wording or letter_texts.in_use(RECEIPT)
    return [_about("receipt", wording, proposal, step, *one) for one in enumerate(readers)]


def decisions(
    proposal: Proposal,
    step: ProposalStep,
    readers: Sequence[Reader],
    wording: Wording | None = None,
) -> list[Letter]:
    """The branch's answer with its reason; `wording` is for trying other words."""
    kind = ACCEPTED if step.status is ProposalStatus.ACCEPTED else REJECTED
    wording = wording or letter_texts.in_use(kind)
    return [_about("decision", wording, proposal, step, *one) for one in enumerate(readers)]


def _call(pattern: Pattern, access: CallAccess, recipient: Recipient) -> Letter:
    assert access.link is not None
    book = LinkBook()
    name = one_line(recipient.name)
    subject, text, html = pattern.filled(
        {
            "name": defused(name),
            "organization": defused(one_line(access.organization.name)),
            "token": book.mark(access.link),
        }
    )
    return Letter(
        kind="call",
        to_name=name,
        to_address=recipient.address,
        language=recipient.language,
        subject=subject,
        text=text,
        html=html,
        links=book.links,
        once=f"call:{access.id}",
    )


def _about(
    template: str,
    wording: Wording,
    proposal: Proposal,
    step: ProposalStep,
    place: int,
    reader: Reader,
) -> Letter:
    book = LinkBook()
    if reader.link is None:
        url = absolute("proposals.show", public_id=proposal.public_id)
    else:
        url = book.url("proposals.personal_show", reader.link, public_id=proposal.public_id)
    subject, text, html = _rendered(
        template,
        proposal.call,
        wording,
        reader.language,
        {
            "ad": defused(one_line(reader.name)),
            "kurulus": defused(one_line(proposal.organization.name)),
            "oneri": defused(one_line(proposal.title)),
        },
        url=url,
        proposal=proposal,
        step=step,
    )
    return Letter(
        kind=f"proposal_{template}",
        to_name=reader.name,
        to_address=reader.address,
        language=reader.language,
        subject=subject,
        text=text,
        html=html,
        links=book.links,
        once=f"proposal-step:{step.id}:{place}",
    )


def _rendered(
    template: str,
    call: Call,
    wording: Wording,
    language: str,
    values: Mapping[str, str],
    **context: Any,
) -> tuple[str, str, str]:
    with force_locale(language):
        shared = {
            "cagri": call.title,
            "gun": daymonth(call.window.starts_on),
            "son_gun": day(call.closes_on),
        }
    return render(
        f"proposals/email/{template}",
        language=language,
        book=LinkBook(),
        institution=institution.current(),
        words=wording(language).filled({**shared, **values}),
        call=call,
        length_days=call.window.length_days,
        **context,
    )
