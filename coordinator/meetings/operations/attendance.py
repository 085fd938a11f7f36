"""Note who came."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.meetings import queries
from coordinator.meetings.models import (
    CAME,
    MOVES,
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingStatus,
)
from coordinator.meetings.operations.states import move
from coordinator.registry.models import Organization

MOST_PEOPLE = 500


class NobodyMet(RuleBroken):
    """Attendance is not taken at a meeting that was called off."""

    message = _l("This meeting was cancelled, so nobody’s attendance can be noted.")


@dataclass(frozen=True)
class Mark:
    """One organisation as it is ticked off; no status takes an earlier note away."""

    organization: Organization
    status: AttendanceStatus | None
    people: int = 0


def take_attendance(meeting: Meeting, rows: Sequence[Mark], *, actor: Actor) -> None:
    """Note who came; organisations that are not in `rows` stay as they are noted.

    A meeting that has begun counts as held from the first note on.
    """
    if meeting.status in {MeetingStatus.CANCELLED, MeetingStatus.POSTPONED}:
        raise NobodyMet
    # Two tablets at the door save at the same time: one waits here for the other.
    db.session.execute(sa.select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    db.session.refresh(meeting, ["version", "status"])
    noted = queries.attendance(meeting)
    for mark in rows:
        _note(meeting, mark, noted.get(mark.organization.id))
    db.session.flush()
    if rows and clock.now() >= meeting.starts_at and MeetingStatus.HELD in MOVES[meeting.status]:
        move(meeting, MeetingStatus.HELD)
    count = queries.attendance_count(meeting)
    audit.record(
        "meeting.attendance_taken",
        meeting,
        actor,
        rows=len(rows),
        organizations=count.organizations,
        people=count.people,
    )


def _note(meeting: Meeting, mark: Mark, known: Attendance | None) -> None:
    if mark.status is None:
        if known is not None:
            db.session.delete(known)
        return
    people = min(max(mark.people, 1), MOST_PEOPLE) if mark.status in CAME else 0
    if known is None:
        known = Attendance(meeting_id=meeting.id, organization=mark.organization)
        db.session.add(known)
    known.status, known.people = mark.status, people
