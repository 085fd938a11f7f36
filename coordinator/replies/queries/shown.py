"""What the pages show beside messages: whose they are, to which meeting they belong."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.inbox import queries as inbox
from coordinator.inbox.models import NOTHING_KEPT, InboxMessage, MessageKind
from coordinator.invitations.models import Invitation, InvitationLetter
from coordinator.meetings.models import Meeting
from coordinator.registry.models import Organization
from coordinator.replies.queries.asked import PARTLY

NOT_KEPT = (*NOTHING_KEPT, PARTLY)
"""Outcomes of calendar answers that were not kept, or not for all, though who was asked gave them.
"""
WANTED = sa.or_(
    InboxMessage.kind.in_([MessageKind.HUMAN, MessageKind.BOUNCE, MessageKind.UNMATCHED]),
    InboxMessage.outcome.in_(NOT_KEPT),
)
"""The condition that a message wants something from staff; others say what happened by itself."""


def count_wanted(*, seen: bool | None) -> int:
    """Return how many messages want something from staff, seen or not, or of all."""
    some = inbox.messages(seen=seen).where(WANTED).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


@dataclass(frozen=True)
class Concern:
    """Whom a message concerns: the organisation and, where there is one, the invitation."""

    organization: str
    meeting: str
    invitation_id: str
    meeting_id: str


def concerns(messages: Sequence[InboxMessage]) -> dict[int, Concern]:
    """Return for the messages' ids whom they concern, in one question."""
    letters = {one.letter_id: one.id for one in messages if one.letter_id is not None}
    if not letters:
        return {}
    rows = db.session.execute(
        sa.select(
            InvitationLetter.letter_id,
            Organization.name,
            Meeting.title,
            Invitation.public_id,
            Meeting.public_id,
        )
        .join(Invitation, Invitation.id == InvitationLetter.invitation_id)
        .join(Organization, Organization.id == Invitation.organization_id)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(InvitationLetter.letter_id.in_(letters))
    )
    by_letter = {row[0]: Concern(*row[1:]) for row in rows}
    return {one.id: by_letter[one.letter_id] for one in messages if one.letter_id in by_letter}


def of_invitation(invitation_id: int) -> list[InboxMessage]:
    """Return the messages that arrived about an invitation, newest first."""
    own = sa.select(InvitationLetter.letter_id).where(
        InvitationLetter.invitation_id == invitation_id
    )
    return list(db.session.scalars(inbox.of_letters(own)))
