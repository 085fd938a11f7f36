"""The programme as a calendar that people subscribe to (RFC 5545, RFC 7986)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app
from icalendar import Calendar, Event, vDuration, vText

from coordinator.activities.models import JointActivity
from coordinator.days.models import DayWindow
from coordinator.links import absolute
from coordinator.wording import many_lines, one_line

PRODUCT = "-//Paydas//Paydas//TR"
ASK_AGAIN = timedelta(hours=6)


def feed(
    window: DayWindow,
    announced: Sequence[JointActivity],
    *,
    name: str,
    describe: dict[int, str],
) -> bytes:
    """Return the calendar of a window's announced activities.

    An activity keeps its UID for ever; one that was called off stays in, as cancelled, so that it
    vanishes from calendars that have it. `describe` holds the text of each by its id.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", one_line(name))
    calendar.add("x-wr-calname", vText(one_line(name)))
    calendar.add("x-wr-timezone", vText("Europe/Istanbul"))
    pause = vDuration(ASK_AGAIN)
    pause.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", pause)
    calendar.add("x-published-ttl", vText("PT6H"))
    calendar.add("url", _programme(window))
    for activity in announced:
        calendar.add_component(_event(window, activity, describe.get(activity.id, "")))
    return bytes(calendar.to_ical())


def last_change(window: DayWindow, announced: Sequence[JointActivity]) -> datetime:
    """Return when the feed last changed."""
    return max([window.updated_at, *(one.updated_at for one in announced)])


def uid(activity: JointActivity) -> str:
    """Return what names the activity in every calendar, for ever."""
    return f"{activity.public_id}@{urlsplit(current_app.config['BASE_URL']).hostname}"


def _event(window: DayWindow, activity: JointActivity, text: str) -> Event:
    entry = Event()
    entry.add("uid", uid(activity))
    entry.add("sequence", activity.calendar_sequence)
    entry.add("dtstamp", activity.updated_at)
    entry.add("created", activity.created_at)
    entry.add("last-modified", activity.updated_at)
    entry.add("dtstart", activity.starts_at)
    if activity.ends_at is not None:
        entry.add("dtend", activity.ends_at)
    entry.add("summary", one_line(activity.title))
    where = [activity.place, activity.district.name if activity.district else ""]
    if any(where):
        entry.add("location", one_line(", ".join(filter(None, where))))
    entry.add("description", many_lines(text))
    entry.add("status", "CANCELLED" if activity.is_cancelled else "CONFIRMED")
    entry.add("url", f"{_programme(window)}/{activity.public_id}")
    return entry


def _programme(window: DayWindow) -> str:
    return absolute("activities.programme", year=str(window.year), day=window.special_day.slug)
