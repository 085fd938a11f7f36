"""By attendance: organisations that came in the last year, not since then, or never."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.meetings.models import CAME, Attendance, Meeting
from coordinator.registry.listing.criteria import Criterion
from coordinator.registry.models import Organization

A_YEAR = timedelta(days=365)
RECENTLY, BEFORE, NEVER = "sonyil", "once", "hic"


def _choices() -> list[tuple[str, Any]]:
    return [
        (RECENTLY, _("Came in the last 12 months")),
        (BEFORE, _("Came, but not in the last 12 months")),
        (NEVER, _("Never came")),
    ]


def _came() -> sa.ColumnElement[bool]:
    came = sa.select(Attendance.organization_id).where(Attendance.status.in_(CAME))
    return Organization.id.in_(came)


def _came_recently() -> sa.ColumnElement[bool]:
    came = (
        sa.select(Attendance.organization_id)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Attendance.status.in_(CAME), Meeting.starts_at >= clock.now() - A_YEAR)
    )
    return Organization.id.in_(came)


_CONDITIONS: dict[str, Callable[[], sa.ColumnElement[bool]]] = {
    RECENTLY: _came_recently,
    BEFORE: lambda: sa.and_(_came(), ~_came_recently()),
    NEVER: lambda: ~_came(),
}

came = Criterion(
    name="katilim",
    label=_l("Meetings"),
    choices=_choices,
    condition=lambda value: _CONDITIONS[value](),
)
