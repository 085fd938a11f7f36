"""Attendance in an organisation's history, and the streak of absences that should be known."""

import sqlalchemy as sa
from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from coordinator import clock
from coordinator.extensions import db
from coordinator.history import sources
from coordinator.history.sources import Event, Remark, Source
from coordinator.i18n import day
from coordinator.meetings.models import CAME, Attendance, AttendanceStatus, Meeting, MeetingStatus
from coordinator.registry.models import Organization

NAME = "attendance"
STREAK = 2
"""From so many absences on end it is said."""
LOOKED_AT = 12


def init_app(app: Flask) -> None:
    sources.add(app, Source(NAME, _l("Attendance"), load))
    sources.add_remark(app, Remark(absences))


def load(organization: Organization, most: int) -> list[Event]:
    """Return to which meetings an organisation came, and to which it did not."""
    return [
        Event(
            at=meeting.starts_at,
            kind=NAME,
            title=_title(row, meeting),
            url=url_for("meetings.attendance", public_id=meeting.public_id),
            shape=row.status.shape,
            tone=row.status.tone,
        )
        for row, meeting in _newest(organization, most)
    ]


def _title(row: Attendance, meeting: Meeting) -> str:
    title = _("%(status)s: %(meeting)s", status=row.status.word, meeting=meeting.title)
    if row.status in CAME and row.people:
        people = ngettext("%(num)s person", "%(num)s people", row.people)
        return f"{title}, {people}"
    return title


def absences(organization: Organization) -> str | None:
    """Say how many meetings on end an organisation stayed away from without an excuse."""
    missed: list[Meeting] = []
    for row, meeting in _newest(organization, LOOKED_AT):
        if row.status in CAME:
            break
        if row.status is AttendanceStatus.ABSENT:
            missed.append(meeting)
    if len(missed) < STREAK:
        return None
    return ngettext(
        "It did not come to the last meeting (%(day)s).",
        "It did not come to the last %(num)s meetings to which it was expected, since %(day)s.",
        len(missed),
        day=day(missed[-1].starts_at),
    )


def _newest(organization: Organization, most: int) -> list[tuple[Attendance, Meeting]]:
    asked = (
        sa.select(Attendance, Meeting)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(
            Attendance.organization_id == organization.id,
            Meeting.status != MeetingStatus.CANCELLED,
            Meeting.starts_at <= clock.now(),
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(most)
    )
    return [(row, meeting) for row, meeting in db.session.execute(asked)]
