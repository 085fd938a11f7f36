"""Reads of reminders: a meeting's rules, those of all meetings to come, who was written to."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator import clock
from coordinator.extensions import db
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind
from coordinator.invitations.queries.pause import NEVER_GONE, PAUSE
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.outbox.models import OutboxLetter
from coordinator.reminders.models import Aim, ReminderRule


def of_meeting(meeting_id: int) -> Sequence[ReminderRule]:
    """Return a meeting's rules in the order of their aims."""
    rules = db.session.scalars(
        sa.select(ReminderRule).where(ReminderRule.meeting_id == meeting_id)
    ).all()
    aims = list(Aim)
    return sorted(rules, key=lambda one: (aims.index(one.aim), -one.days, one.id))


def by_public_id(meeting_id: int, public_id: str) -> ReminderRule | None:
    return db.session.scalar(
        sa.select(ReminderRule).where(
            ReminderRule.meeting_id == meeting_id, ReminderRule.public_id == public_id
        )
    )


def have_rules(meeting_id: int) -> bool:
    asked = sa.select(ReminderRule.id).where(ReminderRule.meeting_id == meeting_id).limit(1)
    return db.session.scalar(asked) is not None


def of_meetings_to_come() -> Sequence[ReminderRule]:
    """Return the rules in force of all meetings that are still to begin, with their meetings."""
    return db.session.scalars(
        sa.select(ReminderRule)
        .join(ReminderRule.meeting)
        .where(ReminderRule.is_on, *_to_come())
        .options(
            joinedload(ReminderRule.meeting).joinedload(Meeting.window),
            joinedload(ReminderRule.meeting).selectinload(Meeting.agenda),
        )
        .order_by(Meeting.starts_at, ReminderRule.id)
    ).all()


def meetings_without_rules() -> Sequence[Meeting]:
    """Return the meetings to come to which somebody was invited before reminders were known."""
    invited = sa.exists().where(
        Invitation.meeting_id == Meeting.id, Invitation.invited_at.is_not(None)
    )
    ruled = sa.exists().where(ReminderRule.meeting_id == Meeting.id)
    asked = sa.select(Meeting).where(*_to_come(), invited, ~ruled).order_by(Meeting.id)
    return db.session.scalars(asked).all()


def _to_come() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Meeting.status.in_([MeetingStatus.PLANNED, MeetingStatus.INVITED]),
        Meeting.starts_at > clock.now(),
    )


def eve_lately(meeting_id: int) -> set[str]:
    """Return the addresses that had the meeting's letter of the day before within the pause."""
    asked = (
        sa.select(OutboxLetter.to_address)
        .distinct()
        .join(InvitationLetter, InvitationLetter.letter_id == OutboxLetter.id)
        .join(Invitation, Invitation.id == InvitationLetter.invitation_id)
        .where(
            Invitation.meeting_id == meeting_id,
            InvitationLetter.kind == LetterKind.EVE,
            OutboxLetter.created_at > clock.now() - PAUSE,
            OutboxLetter.state.not_in(NEVER_GONE),
        )
    )
    return set(db.session.scalars(asked))
