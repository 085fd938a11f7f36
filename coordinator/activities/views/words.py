"""Times, names and counts of activities, as people read them."""

from datetime import date, datetime

from flask_babel import LazyString, format_date, ngettext
from flask_babel import gettext as _

from coordinator import clock, turkish
from coordinator.activities.models import JointActivity
from coordinator.i18n import clock_time, day, day_short, daymonth, language, suffix
from coordinator.invitations.models import AccessNeed

WORDS = {need.value: need.word for need in AccessNeed}


def full_date(value: date) -> str:
    """25 Kasım 2026."""
    return str(format_date(value, "d MMMM y"))


def weekday(value: date) -> str:
    """Çarşamba."""
    return str(format_date(value, "EEEE"))


def day_and_weekday(value: date) -> str:
    """12 Kasım Perşembe."""
    return str(format_date(value, "d MMMM EEEE" if language() == "tr" else "EEEE d MMMM"))


def span(first: date, last: date) -> str:
    """27 Ekim – 9 Kasım; 13 – 20 Kasım within one month; one day for one day."""
    if first == last:
        return day_and_weekday(first)
    if (first.month, first.year) == (last.month, last.year):
        return f"{first.day} – {daymonth(last)}"
    if first.year == last.year or first.year == clock.today().year:
        return f"{daymonth(first)} – {daymonth(last)}"
    return f"{full_date(first)} – {full_date(last)}"


def hours(activity: JointActivity) -> str:
    """18.00 – 20.00, or only the start where it does not end on the same day."""
    if activity.starts_at is None:
        return ""
    start = clock_time(activity.starts_at)
    if activity.ends_at is None or last_day(activity) != first_day(activity):
        return start
    return f"{start} – {clock_time(activity.ends_at)}"


def short_day(activity: JointActivity) -> str:
    """25 Kasım Çar; with the year where it is not this one."""
    if activity.starts_at is None:
        return ""
    text = day_short(activity.starts_at)
    year = first_day(activity).year
    return text if year == clock.today().year else f"{text} {year}"


def moment(activity: JointActivity) -> str:
    """25 Kasım 2026 Çarşamba, 18.00 – 20.00; with the last day where there is one."""
    if activity.starts_at is None:
        return str(_("The day is not set yet"))
    line = f"{day(activity.starts_at)}, {hours(activity)}"
    until = until_words(activity)
    return f"{line}, {until}" if until else line


def until_words(activity: JointActivity) -> str:
    """10 Aralık’a kadar sürer, for what goes on for several days."""
    if activity.ends_at is None or last_day(activity) == first_day(activity):
        return ""
    return str(_("goes on until %(day)s", day=suffix(daymonth(activity.ends_at), "dat")))


def first_day(activity: JointActivity) -> date:
    return _local_day(activity.starts_at)


def last_day(activity: JointActivity) -> date:
    return _local_day(activity.ends_at or activity.starts_at)


def who(activity: JointActivity) -> str:
    """The lead, and the one partner by name or several by number."""
    lead = activity.lead.name if activity.lead else str(_("The branch"))
    partners = activity.partners
    if not partners:
        return lead
    if len(partners) == 1:
        return f"{lead}, {partners[0].organization.name}"
    return str(
        ngettext(
            "%(lead)s and %(num)s organisation",
            "%(lead)s and %(num)s organisations",
            len(partners),
            lead=lead,
        )
    )


def who_all(activity: JointActivity) -> str:
    """Name everybody who takes part."""
    lead = activity.lead.name if activity.lead else str(_("The branch"))
    return ", ".join([lead, *(one.organization.name for one in activity.partners)])


def services(activity: JointActivity) -> list[LazyString | str]:
    """Return what will be there for those who need it, as words."""
    return [WORDS[code] for code in activity.access_services if code in WORDS]


def small(word: LazyString | str) -> str:
    """Return a word as it stands within a line."""
    text = str(word)
    first = turkish.lower(text[:1]) if language() == "tr" else text[:1].lower()
    return first + text[1:]


def listed(words: list[str]) -> str:
    """A, B ve C."""
    if len(words) < 2:
        return "".join(words)
    return str(_("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1]))


def _local_day(value: datetime | None) -> date:
    return clock.local(value).date() if value else date.max
