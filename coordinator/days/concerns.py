"""What speaks against a time. Staff are told and may go on: nothing here refuses."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _
from markupsafe import Markup

from coordinator import clock
from coordinator.days import queries, turkey
from coordinator.days.calendar import FIRST_YEAR, LAST_YEAR
from coordinator.days.models import ClosedDay
from coordinator.i18n import day_short, daymonth, language

HALF_DAY_FROM = time(13)
OFFICE_OPENS, OFFICE_CLOSES = time(9), time(18)
LONGEST_LOOK = 31
SEARCHED_AROUND = 7


@dataclass(frozen=True)
class Concern:
    """A warning: what is the matter, why it matters; `code` tells it from another one."""

    code: str
    title: str
    text: str = ""

    def __str__(self) -> str:
        return f"{self.title} {self.text}".strip()

    def __html__(self) -> str:
        return Markup("<strong>{}</strong> {}").format(self.title, self.text)


def concerns(starts_at: datetime, ends_at: datetime) -> list[Concern]:
    """Return what speaks against meeting between two moments, in the reader's language."""
    first, last = clock.local(starts_at), clock.local(ends_at)
    days = _days(first.date(), last.date())
    closed = {one.on: one for one in queries.closed_days(days[0], days[-1])}
    found: list[Concern] = []
    if starts_at < clock.now():
        found.append(Concern("past", _("This time is in the past."), _("Check day and time.")))
    for day in days:
        from_hour = first.time() if day == days[0] else time.min
        until_hour = last.time() if day == last.date() else time.max
        found += _of_day(day, until_hour, closed.get(day))
        found += _of_hours(day, from_hour, until_hour)
    return found


def is_working_day(day: date, closed: ClosedDay | None = None) -> bool:
    """Is the day neither a weekend nor a whole holiday, and not closed by hand?"""
    holiday = any(not one.half_day for one in turkey.on(day, "tr"))
    return day.weekday() < 5 and not holiday and (closed is None or closed.half_day)


def nearest_working_day(wanted: date, earliest: date, latest: date) -> date:
    """Return the working day nearest to the wanted one within bounds, else the wanted one."""
    closed = {one.on: one for one in queries.closed_days(earliest, latest)}
    for distance in range((latest - earliest).days + 1):
        for day in (wanted + timedelta(days=distance), wanted - timedelta(days=distance)):
            if earliest <= day <= latest and is_working_day(day, closed.get(day)):
                return day
    return wanted


def _days(first: date, last: date) -> list[date]:
    count = min((last - first).days, LONGEST_LOOK)
    days = [first + timedelta(days=number) for number in range(max(count, 0) + 1)]
    return [day for day in days if FIRST_YEAR <= day.year <= LAST_YEAR] or [first]


def _of_day(day: date, until_hour: time, closed: ClosedDay | None) -> list[Concern]:
    """Return what speaks against the day; how to find a better one stands with the last."""
    found = []
    for holiday in turkey.on(day, language()):
        if not holiday.half_day:
            found.append(_public_holiday(day, holiday.name))
        elif until_hour > HALF_DAY_FROM:
            found.append(_half_day(day, _("The eve of %(feast)s.", feast=holiday.name)))
    if closed is not None and not closed.half_day:
        title = _("%(day)s is marked as closed.", day=daymonth(day))
        found.append(Concern(f"closed:{day}", title, _ended(closed.reason)))
    elif closed is not None and until_hour > HALF_DAY_FROM:
        found.append(_half_day(day, _ended(closed.reason)))
    if day.weekday() >= 5:
        title = _("%(day)s is at the weekend.", day=day_short(day))
        found.append(Concern(f"weekend:{day}", title, _("Some will not be able to come.")))
    if found:
        found[-1] = _with_advice(found[-1], day)
    return found


def _public_holiday(day: date, name: str) -> Concern:
    title = _("%(day)s is a public holiday.", day=daymonth(day))
    return Concern(f"holiday:{day}", title, _("%(name)s: many will be away.", name=name))


def _half_day(day: date, why: str) -> Concern:
    title = _("%(day)s is a half day, closed in the afternoon.", day=daymonth(day))
    effect = _("Many do not work after 13.00.")
    return Concern(f"half_day:{day}", title, f"{why} {effect}")


def _with_advice(concern: Concern, day: date) -> Concern:
    earlier, later = _neighbours(day)
    advice = _("You may keep this day all the same.")
    if earlier and later:
        near = _(
            "The nearest working days are %(one)s and %(other)s.",
            one=day_short(earlier),
            other=day_short(later),
        )
        advice = f"{near} {advice}"
    return Concern(concern.code, concern.title, f"{concern.text} {advice}")


def _neighbours(day: date) -> tuple[date | None, date | None]:
    reach = [timedelta(days=number) for number in range(1, SEARCHED_AROUND + 1)]
    closed = {one.on: one for one in queries.closed_days(day - reach[-1], day + reach[-1])}
    before = [day - step for step in reach if is_open_all_day(day - step, closed)]
    after = [day + step for step in reach if is_open_all_day(day + step, closed)]
    earlier = before[0] if before and before[0] > clock.today() else None
    return earlier, after[0] if after else None


def is_open_all_day(day: date, closed: dict[date, ClosedDay]) -> bool:
    """Is it a working day from morning to evening?"""
    return day not in closed and is_working_day(day) and not turkey.on(day, "tr")


def _of_hours(day: date, from_hour: time, until_hour: time) -> list[Concern]:
    found = []
    if from_hour < OFFICE_OPENS:
        title = _("It begins before 09.00.")
        found.append(Concern(f"early:{day}", title, _("Those who come from afar set out early.")))
    if until_hour > OFFICE_CLOSES:
        title = _("It ends after 18.00.")
        found.append(Concern(f"late:{day}", title, _("Think of childcare and the way home.")))
    return found


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
