"""Now, in UTC; shown in Istanbul time. The one place where time is asked for."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Istanbul")


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day in Istanbul."""
    return now().astimezone(LOCAL).date()


def local(moment: datetime) -> datetime:
    """Return the moment in Istanbul time."""
    return moment.astimezone(LOCAL)


def at(day: date, hour: time) -> datetime:
    """Return the moment of a day and a clock time in Istanbul."""
    return datetime.combine(day, hour, LOCAL).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the last second of a day in Istanbul."""
    return at(day, time(23, 59, 59))
