"""Date rules: when a special day is, how long it lasts, and how the work around it is spread."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator.days.models import SpecialDay

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NTH = ("1", "2", "3", "4", "last")
FIRST_YEAR, LAST_YEAR = 2000, 2100
PLANNED_LEAD = 30
_RULE = re.compile(rf"^nth:({'|'.join(NTH)}):({'|'.join(WEEKDAYS)})$")


class UnreadableRule(ValueError):
    """A rule that is neither a day number nor `nth:2:sun`."""


@dataclass(frozen=True)
class Plan:
    """The dates of the work around a day, in the order in which the work is done."""

    call_from: date
    call_until: date
    meeting_around: date
    programme_from: date
    programme_until: date
    evaluation_until: date


def is_rule(text: str, month: int) -> bool:
    """Is this a day that the month has (in a leap year at least), or an nth weekday?"""
    if text.isascii() and text.isdigit():
        return 1 <= int(text) <= calendar.monthrange(2028, month)[1]
    return _RULE.match(text) is not None


def nth_weekday(rule: str) -> tuple[str, str] | None:
    """Return (nth, weekday) of a movable day's rule, None for a fixed day."""
    parts = _RULE.match(rule)
    return (parts[1], parts[2]) if parts else None


def on_day(month: int, rule: str, year: int) -> date:
    """Return the day on which a rule falls; 29 February is 28 February in a common year."""
    length = calendar.monthrange(year, month)[1]
    if rule.isascii() and rule.isdigit():
        return date(year, month, min(int(rule), length))
    parts = nth_weekday(rule)
    if parts is None:
        raise UnreadableRule(rule)
    nth, weekday = parts[0], WEEKDAYS.index(parts[1])
    if nth == "last":
        last = date(year, month, length)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (int(nth) - 1))


def occurrence(special_day: SpecialDay, year: int) -> date:
    """Return the first day of a special day in a year."""
    return on_day(special_day.month, special_day.day_or_rule, year)


def last_day(special_day: SpecialDay, year: int) -> date:
    """Return the last day of a special day in a year: its length counts the first one."""
    return occurrence(special_day, year) + timedelta(days=special_day.length_days - 1)


def window_length(special_day: SpecialDay, year: int) -> int:
    """Return how many days the window's day lasts, with what is prepared as a part of it."""
    ends = [last_day(part, year) for part in special_day.parts if part.is_active]
    last = max([last_day(special_day, year), *ends])
    return (last - occurrence(special_day, year)).days + 1


def plan(starts_on: date, length_days: int, lead_days: int, today: date) -> Plan:
    """Spread the work over the days that are left before the day, at most `lead_days`.

    With thirty days: the call from 30 to 16 days before, the meeting 13 days before, the programme
    from 12 to 5 days before. With fewer days left the same order is kept in less time. A day that
    is over is planned as it would have been, for the record.
    """
    left = (starts_on - today).days
    span = lead_days if left < 0 else min(lead_days, left)

    def before(days: int) -> date:
        return starts_on - timedelta(days=round(span * days / PLANNED_LEAD))

    return Plan(
        call_from=before(30),
        call_until=before(16),
        meeting_around=before(13),
        programme_from=before(12),
        programme_until=before(5),
        evaluation_until=starts_on + timedelta(days=length_days - 1 + 20),
    )
