"""The letters about calls and proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coordinator.institution import queries as institution
from coordinator.letters import Letter, render
from coordinator.links import LinkBook, PersonalLink, absolute
from coordinator.proposals.models import Call, CallAccess, Proposal, ProposalStep
from coordinator.registry.queries import Recipient

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
    """The call's letter to each recipient, with the personal link to write to it."""
    return [_call(call, access, recipient) for access, recipient in asked]


def sample_of_call(call: Call, name: str, language: str) -> tuple[str, str, str]:
    """Return (subject, text, html) of the call's letter as it would reach somebody."""
    address = absolute("proposals.personal", token=SAMPLE)
    return _rendered("call", call, language, LinkBook(), name=name, url=address)


def receipts(proposal: Proposal, step: ProposalStep, readers: Sequence[Reader]) -> list[Letter]:
    """The receipt that says what was sent."""
    return [_about("receipt", proposal, step, *one) for one in enumerate(readers)]


def decisions(proposal: Proposal, step: ProposalStep, readers: Sequence[Reader]) -> list[Letter]:
    """The branch's answer with its reason."""
    return [_about("decision", proposal, step, *one) for one in enumerate(readers)]


def _call(call: Call, access: CallAccess, recipient: Recipient) -> Letter:
    book = LinkBook()
    assert access.link is not None
    url = book.url("proposals.personal", access.link)
    subject, text, html = _rendered(
        "call", call, recipient.language, book, name=recipient.name, url=url
    )
    return Letter(
        kind="call",
        to_name=recipient.name,
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
        book,
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


def _rendered(
    template: str, call: Call, language: str, book: LinkBook, **context: Any
) -> tuple[str, str, str]:
    return render(
        f"proposals/email/{template}",
        language=language,
        book=book,
        institution=institution.current(),
        call=call,
        window=call.window,
        length_days=call.window.length_days,
        **context,
    )
