"""Reads of special days, windows and closed days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from coordinator import clock
from coordinator.days import calendar
from coordinator.days.models import ClosedDay, DayTheme, DayWindow, SpecialDay
from coordinator.days.stages import last_day as last_day_of_window
from coordinator.days.stages import stages as stages
from coordinator.extensions import db

_WINDOW = re.compile(r"(?:^|/)([0-9]{4})/([a-z0-9-]+)/?$")
_SLUG = re.compile(r"[a-z0-9-]{1,60}")


@dataclass(frozen=True)
class Occurrence:
    """A special day in one year, with its window where one is open."""

    day: SpecialDay
    first: date
    last: date
    window: DayWindow | None

    @property
    def days_left(self) -> int:
        """Days until it begins; negative once it has begun."""
        return (self.first - clock.today()).days

    @property
    def is_over(self) -> bool:
        return self.last < clock.today()


def find_day(slug: str) -> SpecialDay | None:
    """Return the special day of that address."""
    if not _SLUG.fullmatch(slug):
        return None
    return db.session.scalar(
        sa.select(SpecialDay)
        .where(SpecialDay.slug == slug)
        .options(joinedload(SpecialDay.part_of), selectinload(SpecialDay.parts))
    )


def find_window(year: int, slug: str) -> DayWindow | None:
    """Return the window of a day in a year; a day that is a part has the window of the whole."""
    if not _SLUG.fullmatch(slug) or not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        return None
    whole = sa.select(sa.func.coalesce(SpecialDay.part_of_id, SpecialDay.id)).where(
        SpecialDay.slug == slug
    )
    return db.session.scalar(
        sa.select(DayWindow).where(
            DayWindow.year == year, DayWindow.special_day_id == whole.scalar_subquery()
        )
    )


def window_by_id(public_id: str) -> DayWindow | None:
    """Return the window with that public id."""
    if not _SLUG.fullmatch(public_id):
        return None
    return db.session.scalar(sa.select(DayWindow).where(DayWindow.public_id == public_id))


def windows() -> Sequence[DayWindow]:
    """Return every window, the newest day first."""
    return db.session.scalars(
        sa.select(DayWindow).order_by(DayWindow.starts_on.desc(), DayWindow.id)
    ).all()


def upcoming_windows() -> list[DayWindow]:
    """Return the windows whose work is not over, the nearest day first."""
    found = db.session.scalars(
        sa.select(DayWindow)
        .where(DayWindow.evaluation_until >= clock.today())
        .order_by(DayWindow.starts_on, DayWindow.id)
    )
    return list(found)


def next_window() -> DayWindow | None:
    """Return the window of the day that comes next, or goes on today."""
    today = clock.today()
    return next((one for one in upcoming_windows() if last_day_of_window(one) >= today), None)


def year(
    number: int, *, theme: DayTheme | None = None, with_inactive: bool = False
) -> list[Occurrence]:
    """Return the special days of a year in the order of the calendar, in two statements."""
    query = sa.select(SpecialDay).options(joinedload(SpecialDay.part_of))
    if theme is not None:
        query = query.where(SpecialDay.theme == theme)
    if not with_inactive:
        query = query.where(SpecialDay.is_active)
    open_windows = {
        one.special_day_id: one
        for one in db.session.scalars(sa.select(DayWindow).where(DayWindow.year == number))
    }
    found = [
        Occurrence(
            day=day,
            first=calendar.occurrence(day, number),
            last=calendar.last_day(day, number),
            window=open_windows.get(day.part_of_id or day.id),
        )
        for day in db.session.scalars(query)
    ]
    return sorted(found, key=lambda one: (one.first, one.day.part_of_id is not None, one.day.id))


def next_days(count: int) -> list[Occurrence]:
    """Return the next special days from today on, over the turn of the year."""
    this_year = clock.today().year
    coming = [
        one
        for one in (*year(this_year), *year(this_year + 1))
        if one.first >= clock.today() and one.day.part_of_id is None
    ]
    return coming[:count]


def closed_days(first: date, last: date) -> Sequence[ClosedDay]:
    """Return the days that the branch marked as closed, in order."""
    return db.session.scalars(
        sa.select(ClosedDay).where(ClosedDay.on.between(first, last)).order_by(ClosedDay.on)
    ).all()


def find_closed_day(on: date) -> ClosedDay | None:
    return db.session.scalar(sa.select(ClosedDay).where(ClosedDay.on == on))


def named_window(text: str) -> tuple[int, str] | None:
    """Read "2026/25-kasim" or a window's address; None if it names no window."""
    parts = _WINDOW.search(text.strip())
    return (int(parts[1]), parts[2]) if parts else None


def windows_to_come(special_day: SpecialDay) -> Sequence[DayWindow]:
    """Return the windows of a day whose day has not begun."""
    return db.session.scalars(
        sa.select(DayWindow).where(
            DayWindow.special_day_id == special_day.id, DayWindow.starts_on > clock.today()
        )
    ).all()
