"""Which letters of invitations are written down, and by which of them answers come back."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind
from coordinator.outbox.models import OutboxLetter


@dataclass(frozen=True)
class WrittenLetters:
    """The letters of one meeting: their keys, and each recipient's first one of an invitation.

    `asked` are the addresses that an invitation was written to, without those it was handed to.
    """

    keys: frozenset[str]
    first: Mapping[tuple[int, str], str]
    asked: frozenset[tuple[int, str]]

    def first_code(self, invitation_id: int, address: str) -> str | None:
        """Return the code of the first letter of the invitation to that address."""
        return self.first.get((invitation_id, address.lower()))


def written_letters(meeting_id: int) -> WrittenLetters:
    """Return what was written to whom about a meeting, in one question."""
    rows = db.session.execute(
        _codes()
        .join(Invitation, Invitation.id == InvitationLetter.invitation_id)
        .where(Invitation.meeting_id == meeting_id)
    ).all()
    first: dict[tuple[int, str], str] = {}
    for row in rows:
        first.setdefault((row.invitation_id, row.to_address.lower()), row.public_id)
    return WrittenLetters(
        frozenset(row.once for row in rows if row.once),
        first,
        frozenset((row.invitation_id, row.to_address) for row in rows if row.is_asked),
    )


def first_code(invitation_id: int, address: str) -> str | None:
    """Return the code of the first letter of an invitation to that address, if there is one."""
    rows = db.session.execute(_codes().where(InvitationLetter.invitation_id == invitation_id))
    return next((row.public_id for row in rows if row.to_address.lower() == address.lower()), None)


def is_first_hand() -> sa.ColumnElement[bool]:
    """Is it an invitation that was written to its recipient, rather than handed over to them?"""
    return sa.and_(
        InvitationLetter.kind == LetterKind.INVITATION, InvitationLetter.handed_by_id.is_(None)
    )


def _codes() -> sa.Select[int, str, str, str | None, bool]:
    return (
        sa.select(
            InvitationLetter.invitation_id,
            OutboxLetter.to_address,
            OutboxLetter.public_id,
            OutboxLetter.once,
            is_first_hand().label("is_asked"),
        )
        .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
        .order_by(InvitationLetter.id)
    )
