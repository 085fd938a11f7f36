"""The verbs of special days: open a window, move its dates, keep the calendar."""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock, turkish
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.days import calendar, concerns, queries
from coordinator.days.models import ClosedDay, DayTheme, DayWindow, SpecialDay
from coordinator.days.stages import last_day
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim

RESERVED_SLUGS = {"yeni"}
MONTHS_TR = (
    "ocak", "subat", "mart", "nisan", "mayis", "haziran", "temmuz", "agustos", "eylul", "ekim",
    "kasim", "aralik",
)  # fmt: skip


class NoSuchDay(RuleBroken):
    """The month does not have this day."""

    message = _l("This month does not have that day.")


class NoSuchWindow(RuleBroken):
    """The text names no special day of ours."""

    message = _l("There is no such special day. Write it like 2026/25-kasim.")


class OutOfReach(RuleBroken):
    """A year in which the calendar is not reckoned."""

    message = _l("Choose a year between 2000 and 2100.")


class DatesOutOfOrder(RuleBroken):
    """A stage would end before it begins, or lie on the wrong side of the day."""


class ClosedAlready(RuleBroken):
    """A day is marked as closed once."""

    message = _l("This day is marked as closed already.")


@dataclass(frozen=True)
class DayFacts:
    """What staff write about a special day."""

    name_tr: str
    name_en: str
    month: int
    day_or_rule: str
    length_days: int
    theme: DayTheme
    lead_days: int
    is_active: bool = True


def open_window(special_day: SpecialDay, year: int, actor: Actor) -> DayWindow:
    """Open the window of a day in a year, or return the one that is open.

    A day that is part of another is prepared in the window of the whole.
    """
    if not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        raise OutOfReach
    whole = special_day.part_of or special_day
    # Two people press the button at once: one waits here and finds the other's window.
    db.session.execute(sa.select(SpecialDay.id).where(SpecialDay.id == whole.id).with_for_update())
    known = queries.find_window(year, whole.slug)
    if known is not None:
        return known
    starts_on = calendar.occurrence(whole, year)
    length = calendar.window_length(whole, year)
    window = DayWindow(
        special_day=whole,
        year=year,
        starts_on=starts_on,
        length_days=length,
        **asdict(_plan(starts_on, length, whole.lead_days)),
    )
    db.session.add(window)
    db.session.flush()
    audit.record("window.opened", window, actor, day=whole.slug, year=year)
    return window


def open_named_window(text: str, actor: Actor) -> DayWindow:
    """Open (or find) the window that "2026/25-kasim" names."""
    named = queries.named_window(text)
    special_day = queries.find_day(named[1]) if named else None
    if named is None or special_day is None:
        raise NoSuchWindow
    return open_window(special_day, named[0], actor)


def set_dates(
    window: DayWindow, *, dates: calendar.Plan, version: int | None, actor: Actor
) -> None:
    """Change when the stages of a window begin and end."""
    claim(window, version)
    _check_order(window, dates)
    before = {name: str(getattr(window, name)) for name in asdict(dates)}
    for name, value in asdict(dates).items():
        setattr(window, name, value)
    db.session.flush()
    audit.record("window.dates_set", window, actor, before=before)


def add_day(facts: DayFacts, *, actor: Actor) -> SpecialDay:
    """Add a special day of the branch's own."""
    _check_rule(facts)
    special_day = SpecialDay(slug=_free_slug(facts), source="", **asdict(facts))
    special_day.key = f"own_{special_day.slug.replace('-', '_')}"[:60]
    db.session.add(special_day)
    db.session.flush()
    audit.record("special_day.added", special_day, actor, name=facts.name_tr)
    return special_day


def edit_day(
    special_day: SpecialDay, facts: DayFacts, *, version: int | None, actor: Actor
) -> None:
    """Change a special day; its windows that are still to come move with it. Its address stays."""
    claim(special_day, version)
    _check_rule(facts)
    before = {name: str(getattr(special_day, name)) for name in asdict(facts)}
    for name, value in asdict(facts).items():
        setattr(special_day, name, value)
    db.session.flush()
    for window in queries.windows_to_come(special_day.part_of or special_day):
        _follow(window)
    audit.record("special_day.edited", special_day, actor, name=facts.name_tr, before=before)


def close_day(*, on: date, half_day: bool, reason: str, actor: Actor) -> ClosedDay:
    """Mark a day on which the offices are closed."""
    if queries.find_closed_day(on) is not None:
        raise ClosedAlready(field="on")
    closed = ClosedDay(on=on, half_day=half_day, reason=reason)
    db.session.add(closed)
    db.session.flush()
    audit.record("closed_day.added", closed, actor, on=str(on), reason=reason)
    return closed


def reopen_day(closed: ClosedDay, *, actor: Actor) -> None:
    """Take the mark away from a closed day."""
    audit.record("closed_day.removed", closed, actor, on=str(closed.on), reason=closed.reason)
    db.session.delete(closed)
    db.session.flush()


def _plan(starts_on: date, length: int, lead_days: int) -> calendar.Plan:
    planned = calendar.plan(starts_on, length, lead_days, clock.today())
    meeting = concerns.nearest_working_day(
        planned.meeting_around, planned.call_until, planned.programme_until
    )
    return replace(
        planned, meeting_around=meeting, programme_from=max(planned.programme_from, meeting)
    )


def _check_order(window: DayWindow, dates: calendar.Plan) -> None:
    end = last_day(window)
    for field, early, late, message in (
        ("call_until", dates.call_from, dates.call_until, _l("Let the call end after it begins.")),
        ("call_until", dates.call_until, window.starts_on, _l("Let the call end before the day.")),
        ("meeting_around", dates.meeting_around, window.starts_on,
         _l("Let the meeting be before the day.")),
        ("programme_until", dates.programme_from, dates.programme_until,
         _l("Let the programme end after it begins.")),
        ("programme_until", dates.programme_until, end,
         _l("Let the programme be ready by the last day.")),
        ("evaluation_until", end, dates.evaluation_until,
         _l("Let the evaluation end after the last day.")),
    ):  # fmt: skip
        if early > late:
            raise DatesOutOfOrder(message, field)


def _check_rule(facts: DayFacts) -> None:
    if not calendar.is_rule(facts.day_or_rule, facts.month):
        raise NoSuchDay(field="day")


def _free_slug(facts: DayFacts) -> str:
    """Return an address that no other day has: of the date, else of the name."""
    fixed = facts.day_or_rule.isdigit()
    by_date = f"{int(facts.day_or_rule)}-{MONTHS_TR[facts.month - 1]}" if fixed else ""
    by_name = turkish.slug(facts.name_tr)[:50].strip("-")
    numbered = [f"{by_name or 'gun'}-{number}" for number in range(2, 1000)]
    taken = set(db.session.scalars(sa.select(SpecialDay.slug))) | RESERVED_SLUGS | {""}
    return next(slug for slug in (by_date, by_name, *numbered) if slug not in taken)


def _follow(window: DayWindow) -> None:
    """Move a window with its day: every date by the same number of days."""
    starts_on = calendar.occurrence(window.special_day, window.year)
    moved = starts_on - window.starts_on
    length = calendar.window_length(window.special_day, window.year)
    longer = timedelta(days=length - window.length_days)
    for name in ("call_from", "call_until", "meeting_around", "programme_from", "programme_until"):
        setattr(window, name, getattr(window, name) + moved)
    window.evaluation_until += moved + longer
    window.starts_on, window.length_days = starts_on, length
