"""A meeting as an entry of somebody's calendar (RFC 5545, RFC 5546)."""

from datetime import datetime, timedelta
from functools import cache
from typing import Literal
from urllib.parse import quote, urlsplit

from flask import current_app
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vText
from icalendar.parser import Contentline

from coordinator import clock
from coordinator.meetings.models import Meeting
from coordinator.wording import many_lines, one_line

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
Person = tuple[str, str]
"""A name and an e-mail address."""

PRODUCT = "-//Paydas//Paydas//TR"
ZONE = "Europe/Istanbul"
CHANGED_FOR_GOOD = datetime(2016, 9, 7)


def event(
    meeting: Meeting,
    *,
    organizer: Person | None = None,
    method: Method,
    attendee: Person | None = None,
    description: str | None = None,
    url: str = "",
) -> str:
    """Return the calendar file of a meeting, the same UID in all of them.

    Personal links do not belong in it: people share calendars, and a marker that the worker is to
    replace would be folded in two. Without `description` it is the purpose and the agenda.
    """
    entry = Event()
    entry.add("uid", uid(meeting))
    entry.add("sequence", meeting.calendar_sequence)
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", clock.local(meeting.starts_at))
    entry.add("dtend", clock.local(meeting.ends_at))
    entry.add("summary", one_line(meeting.title))
    entry.add("location", place_line(meeting))
    if told := many_lines(description or outline(meeting)):
        entry.add("description", told)
    entry.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    if url:
        entry.add("url", one_line(url))
    if organizer is not None:
        entry.add("organizer", _address(organizer), encode=False)
    if attendee is not None and method != "PUBLISH":
        entry.add("attendee", _asked(attendee), encode=False)
    return _file(entry, method)


def addressed(file: str, *, organizer: Person, attendee: Person | None) -> str:
    """Return a file that `event` made without organizer and attendee, with these in it.

    For many letters about one meeting: all the rest of the file is written once.
    """
    lines = [_line("ORGANIZER", _address(organizer))]
    if attendee is not None:
        lines.append(_line("ATTENDEE", _asked(attendee)))
    head, end, foot = file.rpartition("END:VEVENT")
    return f"{head}{''.join(lines)}{end}{foot}"


def _line(name: str, value: vCalAddress) -> str:
    return f"{Contentline.from_parts(name, value.params, value).to_ical().decode()}\r\n"


def uid(meeting: Meeting) -> str:
    """Return what names the meeting in every calendar, for ever."""
    return f"{meeting.public_id}@{urlsplit(current_app.config['BASE_URL']).hostname}"


def place_line(meeting: Meeting) -> str:
    """Return where people meet in one line: place, address, link."""
    return one_line(", ".join(filter(None, (meeting.place, meeting.address, meeting.online_url))))


def outline(meeting: Meeting) -> str:
    """Return the purpose and the numbered agenda."""
    items = [f"{number}. {item.title}" for number, item in enumerate(meeting.agenda, 1)]
    return "\n\n".join(part for part in (meeting.purpose, "\n".join(items)) if part)


def _file(entry: Event, method: Method) -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(entry)
    text: str = calendar.to_ical().decode()
    head, begin, rest = text.partition("BEGIN:VEVENT")
    return f"{head}{_zone_text()}{begin}{rest}"


@cache
def _zone_text() -> str:
    """The zone's lines are the same in every file, and take as long to write as the rest."""
    return str(_zone().to_ical().decode())


def _zone() -> Timezone:
    """Istanbul as it has been since 2016: three hours ahead, summer and winter."""
    standard = TimezoneStandard()
    standard.add("dtstart", CHANGED_FOR_GOOD)
    standard.add("tzoffsetfrom", timedelta(hours=3))
    standard.add("tzoffsetto", timedelta(hours=3))
    standard.add("tzname", "+03")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone


def _address(person: Person) -> vCalAddress:
    name, address = person
    value = vCalAddress(f"mailto:{quote(one_line(address), safe='@+.-_!#$&*=?^{|}~')}")
    # A quotation mark cannot stand in a parameter, whatever is done to it.
    value.params["CN"] = vText(one_line(name).replace('"', "’") or one_line(address))
    return value


def _asked(person: Person) -> vCalAddress:
    value = _address(person)
    value.params["ROLE"] = vText("REQ-PARTICIPANT")
    value.params["PARTSTAT"] = vText("NEEDS-ACTION")
    value.params["RSVP"] = vText("TRUE")
    return value
