"""Which address a report speaks of that could not be matched with a letter."""

from dataclasses import dataclass

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.inbox.arrival import Fate
from coordinator.inbox.models import InboxMessage
from coordinator.invitations.models import Invitation, InvitationLetter
from coordinator.outbox import queries as outbox
from coordinator.outbox.models import HeldAddress, LetterState, OutboxLetter
from coordinator.registry.models import Contact, Organization

UNMATCHED_REPORT = "report_unknown"
"""The outcome of a report that names no letter of ours, or that proves too little."""
WENT_ON = (Fate.DELAYED, Fate.DELIVERED)


@dataclass(frozen=True)
class Failing:
    """An address of ours that the report may speak of, and the letter that came back from it."""

    address: str
    letter: OutboxLetter | None
    hold: HeldAddress | None


def is_unmatched_report(message: InboxMessage) -> bool:
    """Is it a server's report, and no answer of anybody, that staff have to match?"""
    return message.outcome == UNMATCHED_REPORT


def failing_of(message: InboxMessage, chosen: Invitation | None) -> list[Failing]:
    """Return the addresses that may be put on hold, in a fixed number of questions.

    Those that the report names, by the letter of the chosen invitation where one went there, else
    those that are known here. If it names none of ours, those of the letters it may be about.
    """
    if not is_unmatched_report(message) or message.details.get("fate") in WENT_ON:
        return []
    named = {str(message.details.get(key) or "").lower() for key in ("address", "original")} - {""}
    letters = _letters(message, chosen)
    matching = {address: letters[address] for address in sorted(named & letters.keys())}
    found: dict[str, OutboxLetter | None] = {**matching} or dict.fromkeys(_known(named))
    found = found or {**letters}
    holds = outbox.held(found)
    return [Failing(address, one, holds.get(address)) for address, one in found.items()]


def _letters(message: InboxMessage, chosen: Invitation | None) -> dict[str, OutboxLetter]:
    """Return by address the letter that most likely came back: the last one that went there."""
    if chosen is None:
        return {message.letter.to_address.lower(): message.letter} if message.letter else {}
    rows = db.session.scalars(
        sa.select(OutboxLetter)
        .join(InvitationLetter, InvitationLetter.letter_id == OutboxLetter.id)
        .where(InvitationLetter.invitation_id == chosen.id, OutboxLetter.to_address != "")
        .order_by((OutboxLetter.state == LetterState.SENT), InvitationLetter.id)
    )
    return {one.to_address.lower(): one for one in rows}


def _known(addresses: set[str]) -> list[str]:
    """Return those that a contact or an organisation has, or that a letter went to."""
    columns = (Contact.email, Organization.email, OutboxLetter.to_address)
    small = [sa.func.lower(column) for column in columns]
    asked = sa.union(*(sa.select(one).where(one.in_(addresses)) for one in small))
    return sorted(db.session.scalars(asked)) if addresses else []
