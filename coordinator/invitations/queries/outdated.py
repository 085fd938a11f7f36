"""Which letters of invitations would say today what is not so any more."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coordinator import clock
from coordinator.invitations.models import (
    COMING,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.meetings.models import Meeting
from coordinator.outbox.models import OutboxLetter


def outdated() -> sa.ColumnElement[bool]:
    """The condition that a letter speaks of a meeting that is over, or of what changed since."""
    kind = InvitationLetter.kind
    answered = sa.or_(Invitation.answer != RsvpAnswer.NONE, Meeting.rsvp_deadline < clock.today())
    named = sa.or_(
        Invitation.answer.not_in(COMING),
        sa.func.json_array_length(Invitation.attendee_names) >= Invitation.people,
    )
    said_since = Invitation.answered_at > InvitationLetter.created_at
    return sa.exists().where(
        InvitationLetter.letter_id == OutboxLetter.id,
        Invitation.id == InvitationLetter.invitation_id,
        Meeting.id == Invitation.meeting_id,
        sa.or_(
            Meeting.ends_at <= clock.now(),
            sa.and_(kind == LetterKind.EVE, Meeting.starts_at <= clock.now()),
            sa.and_(kind == LetterKind.REMINDER, answered),
            sa.and_(kind == LetterKind.NAMES, named),
            sa.and_(kind.in_([LetterKind.RECEIPT, LetterKind.MOVED_UP]), said_since),
            _said_again(),
        ),
    )


def _said_again() -> sa.ColumnElement[bool]:
    """The condition that a later letter to the same address says what this one would say."""
    later, its = aliased(InvitationLetter), aliased(OutboxLetter)
    kind = InvitationLetter.kind
    moved_up = sa.and_(kind == LetterKind.RECEIPT, later.kind == LetterKind.MOVED_UP)
    return sa.exists().where(
        later.invitation_id == InvitationLetter.invitation_id,
        later.id > InvitationLetter.id,
        sa.or_(later.kind == kind, moved_up),
        its.id == later.letter_id,
        its.to_address == OutboxLetter.to_address,
        its.called_back_at.is_(None),
    )
