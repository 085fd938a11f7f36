"""When a reminder goes out, worked out from the meeting as it stands now."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from coordinator import clock
from coordinator.days import queries as days
from coordinator.days.concerns import is_working_day
from coordinator.days.models import ClosedDay
from coordinator.meetings.models import Meeting
from coordinator.reminders.models import Before, ReminderRule

WINDOW = timedelta(hours=25)
"""How long after its moment a reminder still goes out; a later one would only confuse.

Whoever was written to just before the moment waits for a day. The hour more is theirs: by day, even
where the moment is the first of the day.
"""
LOOKED_BACK = 14
"""Within how many days before the wanted one a working day is looked for."""
Closed = Mapping[date, ClosedDay]


def wanted_day(rule: ReminderRule, meeting: Meeting) -> date:
    """Return the day that the rule names, be it a working day or not."""
    if rule.before is Before.DEADLINE:
        return meeting.rsvp_deadline - timedelta(days=rule.days)
    return clock.local(meeting.starts_at).date() - timedelta(days=rule.days)


def moment_of(rule: ReminderRule, meeting: Meeting, closed: Closed) -> datetime:
    """Return when the reminder goes out: on the wanted day, or the last working day before."""
    wanted = wanted_day(rule, meeting)
    back = (wanted - timedelta(days=number) for number in range(LOOKED_BACK))
    day = next((day for day in back if is_working_day(day, closed.get(day))), wanted)
    return clock.at(day, time(rule.hour))


def closed_for(rules: Iterable[tuple[ReminderRule, Meeting]]) -> dict[date, ClosedDay]:
    """Return the closed days that matter for these rules; asked once for all of them."""
    wanted = [wanted_day(rule, meeting) for rule, meeting in rules]
    if not wanted:
        return {}
    first = min(wanted) - timedelta(days=LOOKED_BACK)
    return {one.on: one for one in days.closed_days(first, max(wanted))}


def is_open(moment: datetime) -> bool:
    """Is it the time after a reminder's moment in which it goes out?"""
    return moment <= clock.now() < moment + WINDOW
