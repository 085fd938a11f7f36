"""Reads of meetings and of who came."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy.orm import joinedload, selectinload

from coordinator import clock
from coordinator.days.models import DayWindow
from coordinator.extensions import db
from coordinator.meetings.models import (
    CAME,
    STANDING,
    Attendance,
    Meeting,
    MeetingStatus,
)
from coordinator.registry.models import Organization
from coordinator.registry.queries import stands

PER_PAGE = 20
_ADDRESS = re.compile(r"(?:^|/toplantilar/)([a-z0-9]{12})(?:[/?#].*)?$")


@dataclass(frozen=True)
class AttendanceCount:
    """How many organisations came, and with how many people."""

    organizations: int
    people: int
    noted: int


def find_meeting(text: str) -> Meeting | None:
    """Return the meeting of a public id, of its path, or of its whole address."""
    named = _ADDRESS.search(text.strip())
    if named is None:
        return None
    return db.session.scalar(_one_meeting(), {"public_id": named[1]})


@cache
def _one_meeting() -> sa.Select[Meeting]:
    """The question of all pages of one meeting, built once."""
    return (
        sa.select(Meeting)
        .where(Meeting.public_id == sa.bindparam("public_id"))
        .options(
            joinedload(Meeting.window), joinedload(Meeting.owner), selectinload(Meeting.agenda)
        )
    )


def coming(
    *,
    window: DayWindow | None = None,
    status: MeetingStatus | None = None,
    limit: int | None = None,
) -> Sequence[Meeting]:
    """Return the meetings that are not over, the next one first."""
    query = _filtered(window, status).where(Meeting.ends_at >= clock.now())
    query = query.order_by(Meeting.starts_at, Meeting.id).limit(limit)
    return db.session.scalars(query).all()


def past(
    page: int, *, window: DayWindow | None = None, status: MeetingStatus | None = None
) -> Pagination:
    """Return a page of the meetings that are over, the latest first."""
    query = _filtered(window, status).where(Meeting.ends_at < clock.now())
    return db.paginate(
        query.order_by(Meeting.starts_at.desc(), Meeting.id),
        page=page,
        per_page=PER_PAGE,
        error_out=False,
    )


def of_window(window: DayWindow) -> Sequence[Meeting]:
    """Return the meetings of a window in the order of time."""
    query = sa.select(Meeting).where(Meeting.window_id == window.id)
    return db.session.scalars(query.order_by(Meeting.starts_at, Meeting.id)).all()


def overlapping(
    starts_at: datetime, ends_at: datetime, *, except_for: Meeting | None = None
) -> Sequence[Meeting]:
    """Return the standing meetings that share some time with this one."""
    query = sa.select(Meeting).where(
        Meeting.starts_at < ends_at,
        Meeting.ends_at > starts_at,
        Meeting.status.in_(STANDING),
    )
    if except_for is not None:
        query = query.where(Meeting.id != except_for.id)
    return db.session.scalars(query.order_by(Meeting.starts_at, Meeting.id).limit(5)).all()


def attendance(meeting: Meeting) -> dict[int, Attendance]:
    """Return what was noted about each organisation, by the organisation's id."""
    query = (
        sa.select(Attendance)
        .where(Attendance.meeting_id == meeting.id, stands(Attendance.organization_id))
        .options(joinedload(Attendance.organization).joinedload(Organization.district))
    )
    return {row.organization_id: row for row in db.session.scalars(query)}


def attendance_count(meeting: Meeting) -> AttendanceCount:
    """Return how many came to the meeting."""
    return attendance_counts([meeting.id]).get(meeting.id, AttendanceCount(0, 0, 0))


def attendance_counts(meeting_ids: Sequence[int]) -> dict[int, AttendanceCount]:
    """Return how many came to each of the meetings where anything was noted."""
    came = Attendance.status.in_(CAME)
    rows = db.session.execute(
        sa.select(
            Attendance.meeting_id,
            sa.func.sum(sa.case((came, 1), else_=0)),
            sa.func.sum(sa.case((came, Attendance.people), else_=0)),
            sa.func.count(),
        )
        .where(Attendance.meeting_id.in_(meeting_ids), stands(Attendance.organization_id))
        .group_by(Attendance.meeting_id)
    )
    return {
        meeting: AttendanceCount(int(came), int(people), int(noted))
        for meeting, came, people, noted in rows
    }


def organizations_by_public_id(public_ids: Sequence[str]) -> dict[str, Organization]:
    """Return the organisations with these public ids."""
    query = (
        sa.select(Organization)
        .where(Organization.public_id.in_(public_ids))
        .options(joinedload(Organization.district))
    )
    return {row.public_id: row for row in db.session.scalars(query)}


def _filtered(window: DayWindow | None, status: MeetingStatus | None) -> sa.Select[Meeting]:
    query = sa.select(Meeting).options(joinedload(Meeting.window))
    if window is not None:
        query = query.where(Meeting.window_id == window.id)
    if status is not None:
        query = query.where(Meeting.status == status)
    return query
