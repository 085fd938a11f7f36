"""Which letters of invitations are written down, and by which of them answers come back."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind
from coordinator.invitations.queries.holders import ASKING
from coordinator.links import PersonalLink
from coordinator.outbox.models import NOT_ARRIVED, OutboxLetter
from coordinator.registry.queries import stands


@dataclass(frozen=True)
class WrittenLetters:
    """The letters of one meeting: their keys, and the first one to each address.

    `asked` are the addresses that an invitation was written to, without those it was handed to.
    """

    keys: frozenset[str]
    first: Mapping[str, str]
    asked: frozenset[tuple[int, str]]

    def first_code(self, address: str) -> str | None:
        """Return the code of the meeting's first letter to that address."""
        return self.first.get(address.lower())


def written_letters(meeting_id: int) -> WrittenLetters:
    """Return what was written to whom about a meeting, in one question."""
    rows = db.session.execute(
        _codes()
        .join(Invitation, Invitation.id == InvitationLetter.invitation_id)
        .where(Invitation.meeting_id == meeting_id)
    ).all()
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(row.to_address.lower(), row.public_id)
    return WrittenLetters(
        frozenset(row.once for row in rows if row.once),
        first,
        frozenset((row.invitation_id, row.to_address) for row in rows if row.is_asked),
    )


def first_code(meeting_id: int, address: str) -> str | None:
    """Return the code of the meeting's first letter to that address, if there is one.

    It may be another organisation's, for which the same person was asked: a meeting is one event
    in their calendar, from one organizer.
    """
    rows = db.session.execute(
        _codes()
        .join(Invitation, Invitation.id == InvitationLetter.invitation_id)
        .where(
            Invitation.meeting_id == meeting_id,
            sa.func.lower(OutboxLetter.to_address) == address.lower(),
        )
        .limit(1)
    )
    return next((row.public_id for row in rows), None)


def asked_elsewhere(invitation: Invitation) -> set[str]:
    """Return the addresses to which letters of the meeting went for other organisations."""
    asked = (
        sa.select(sa.func.lower(OutboxLetter.to_address))
        .distinct()
        .join(InvitationLetter, InvitationLetter.letter_id == OutboxLetter.id)
        .join(Invitation, Invitation.id == InvitationLetter.invitation_id)
        .join(PersonalLink, PersonalLink.id == InvitationLetter.link_id)
        .where(
            Invitation.meeting_id == invitation.meeting_id,
            Invitation.id != invitation.id,
            InvitationLetter.kind.in_(ASKING),
            OutboxLetter.state.not_in(NOT_ARRIVED),
            PersonalLink.revoked_at.is_(None),
            stands(Invitation.organization_id),
        )
    )
    return set(db.session.scalars(asked))


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
