"""What pages and letters say of the meeting itself, in the language in force."""

from dataclasses import dataclass

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from coordinator import clock
from coordinator.i18n import clock_time, day, daymonth, language, when
from coordinator.meetings.models import Meeting
from coordinator.wording import one_line

Line = tuple[str, str]
"""A text and its weight: bold, plain or quiet."""


@dataclass(frozen=True)
class Occasion:
    """The meeting in words; every text is one clean line, whoever typed it."""

    heading: str
    purpose: str
    day: str
    time: str
    place: str
    address: str
    online_url: str
    agenda: tuple[str, ...]
    room: str
    deadline: str
    short_day: str
    length_days: int

    @property
    def facts(self) -> list[Line]:
        """The lines of the facts box: when, where, what about."""
        where = ", ".join(filter(None, (self.place, self.address)))
        lines = [(f"{self.day}, {self.time}", "bold"), (where, "plain"), (self.online_url, "plain")]
        if self.agenda:
            items = ", ".join(self.agenda)
            lines.append((_("Agenda: %(items)s", items=items), "quiet"))
        return [(text, weight) for text, weight in lines if text]


def describe(meeting: Meeting) -> Occasion:
    """Put the meeting into words; its window and agenda should be loaded."""
    return Occasion(
        heading=one_line(meeting.title),
        purpose=one_line(meeting.purpose),
        day=day(meeting.starts_at),
        time=time_of(meeting),
        place=one_line(meeting.place),
        address=one_line(meeting.address),
        online_url=one_line(meeting.online_url),
        agenda=tuple(one_line(item.title) for item in meeting.agenda),
        room=room_for(meeting.max_per_org),
        deadline=deadline_of(meeting),
        short_day=f"{daymonth(meeting.starts_at)}, {clock_time(meeting.starts_at)}",
        length_days=meeting.window.length_days if meeting.window else 0,
    )


def room_for(people: int) -> str:
    """Say how many of an organisation can come."""
    return str(
        ngettext(
            "One person of your organisation can come.",
            "%(num)s people of your organisation can come.",
            people,
        )
    )


def time_of(meeting: Meeting) -> str:
    """14.00 – 16.30, with the day of the end where it is another one."""
    same = clock.local(meeting.starts_at).date() == clock.local(meeting.ends_at).date()
    end = clock_time(meeting.ends_at) if same else when(meeting.ends_at)
    word = "saat " if language() == "tr" else ""
    return f"{word}{clock_time(meeting.starts_at)} – {end}"


def deadline_of(meeting: Meeting) -> str:
    """5 Kasım Perşembe: the last day to answer."""
    pattern = "d MMMM EEEE" if language() == "tr" else "EEEE d MMMM"
    return str(format_date(meeting.rsvp_deadline, pattern))
