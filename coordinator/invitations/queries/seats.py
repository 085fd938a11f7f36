"""The places of a meeting, counted in people, and who waits for one."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from coordinator.extensions import db
from coordinator.invitations.models import (
    COMING,
    AttendMode,
    GivenAnswer,
    Invitation,
    RsvpAnswer,
)
from coordinator.meetings.models import Meeting, Mode
from coordinator.registry.models import Organization
from coordinator.registry.queries import stands


def takes_seats(meeting: Meeting, people: int, mode: AttendMode | None) -> int:
    """Return how many places these people take: none from afar, where others are in the room."""
    return 0 if meeting.mode is Mode.HYBRID and mode is AttendMode.ONLINE else people


def taken_seats(meeting: Meeting) -> int:
    """Return how many places those who come take."""
    asked = sa.select(sa.func.coalesce(sa.func.sum(Invitation.people), 0)).where(
        Invitation.meeting_id == meeting.id,
        Invitation.answer.in_(COMING),
        stands(Invitation.organization_id),
    )
    if meeting.mode is Mode.HYBRID:
        asked = asked.where(Invitation.attend_mode.is_distinct_from(AttendMode.ONLINE))
    return int(db.session.scalar(asked) or 0)


def free_seats(meeting: Meeting) -> int | None:
    """Return how many places are free, never less than none; None where there is no limit."""
    if meeting.capacity is None:
        return None
    return max(meeting.capacity - taken_seats(meeting), 0)


def somebody_waits(meeting_id: int) -> bool:
    """Is anybody on the waiting list? What stays with a merged record waits for nothing."""
    asked = sa.select(Invitation.id).where(_waiting(meeting_id), stands(Invitation.organization_id))
    return db.session.scalar(asked.limit(1)) is not None


def last_in_queue(meeting_id: int) -> int:
    """Return the last number of the waiting list, with those of merged records; 0 without any."""
    asked = sa.select(sa.func.max(Invitation.waiting_no)).where(_waiting(meeting_id))
    return int(db.session.scalar(asked) or 0)


def waiting_list(meeting_id: int) -> Sequence[Invitation]:
    """Return who waits, in order, with their organisations."""
    return db.session.scalars(
        sa.select(Invitation)
        .join(Invitation.organization)
        .where(_waiting(meeting_id), Organization.merged_into_id.is_(None))
        .options(contains_eager(Invitation.organization))
        .order_by(Invitation.waiting_no, Invitation.id)
    ).all()


def with_waiting_list(organization_id: int) -> Sequence[Meeting]:
    """Return the meetings with a waiting list to which the organisation is invited."""
    own = sa.select(Invitation.meeting_id).where(Invitation.organization_id == organization_id)
    asked = sa.select(Invitation.meeting_id).where(
        Invitation.meeting_id.in_(own), Invitation.answer == RsvpAnswer.WAITING
    )
    return db.session.scalars(
        sa.select(Meeting).where(Meeting.id.in_(asked)).order_by(Meeting.id)
    ).all()


def place_in_queue(invitation: Invitation) -> int:
    """Return how many organisations are before it and itself; 0 if it does not wait."""
    if invitation.waiting_no is None:
        return 0
    before = sa.select(sa.func.count()).where(
        _waiting(invitation.meeting_id),
        stands(Invitation.organization_id),
        Invitation.waiting_no < invitation.waiting_no,
    )
    return int(db.session.scalar(before) or 0) + 1


def given_answers(invitation_id: int) -> Sequence[GivenAnswer]:
    """Return every answer that was given, the latest first."""
    return db.session.scalars(
        sa.select(GivenAnswer)
        .where(GivenAnswer.invitation_id == invitation_id)
        .order_by(GivenAnswer.id.desc())
    ).all()


def _waiting(meeting_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(Invitation.meeting_id == meeting_id, Invitation.answer == RsvpAnswer.WAITING)
