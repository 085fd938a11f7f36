"""The letters about calls and proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coordinator.institution import queries as institution
from coordinator.letters import Letter, render
from coordinator.links import LinkBook, PersonalLink, absolute
from coordinator.patterns import Pattern, stand_in
from coordinator.proposals.models import Call, CallAccess, Proposal, ProposalStep
from coordinator.registry.queries import Recipient
from coordinator.wording import defused, one_line

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
    name = stand_in("name")
    languages = {recipient.language for _access, recipient in asked}
    patterns = {
        language: Pattern.of(*_rendered("call", call, language, name=name, url=url))
        for language in languages
    }
    return [_call(patterns[recipient.language], access, recipient) for access, recipient in asked]


def sample_of_call(call: Call, name: str, language: str) -> tuple[str, str, str]:
    """Return (subject, text, html) of the call's letter as it would reach somebody."""
    address = absolute("proposals.personal", token=SAMPLE)
    return _rendered("call", call, language, name=name, url=address)


def receipts(proposal: Proposal, step: ProposalStep, readers: Sequence[Reader]) -> list[Letter]:
    """The receipt that says what was sent."""
    return [_about("receipt", proposal, step, *one) for one in enumerate(readers)]


def decisions(proposal: Proposal, step: ProposalStep, readers: Sequence[Reader]) -> list[Letter]:
    """The branch's answer with its reason."""
    return [_about("decision", proposal, step, *one) for one in enumerate(readers)]


def _call(pattern: Pattern, access: CallAccess, recipient: Recipient) -> Letter:
    assert access.link is not None
    book = LinkBook()
    name = one_line(recipient.name)
    subject, text, html = pattern.filled({"name": defused(name), "token": book.mark(access.link)})
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
    template: str, proposal: Proposal, step: ProposalStep, place: int, reader: Reader
) -> Letter:
    book = LinkBook()
    if reader.link is None:
        url = absolute("proposals.show", public_id=proposal.public_id)
    else:
        url = book.url("proposals.personal_show", reader.link, public_id=proposal.public_id)
    subject, text, html = _rendered(
        template,
        proposal.call,
        reader.language,
        name=reader.name,
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


def _rendered(template: str, call: Call, language: str, **context: Any) -> tuple[str, str, str]:
    return render(
        f"proposals/email/{template}",
        language=language,
        book=LinkBook(),
        institution=institution.current(),
        call=call,
        window=call.window,
        length_days=call.window.length_days,
        **context,
    )
