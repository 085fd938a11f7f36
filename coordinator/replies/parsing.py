"""What a calendar program says when somebody presses "Accept": METHOD:REPLY (RFC 5546, 3.2.3).

It comes from strangers. Whatever stands in it, the worst that comes out is that it cannot be read.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from icalendar import Calendar, Component

from coordinator.wording import many_lines, one_line

LONGEST = 100_000
LONGEST_COMMENT = 2000
COMMENTS = ("COMMENT", "X-CALENDARSERVER-PRIVATE-COMMENT", "X-CALENDARSERVER-ATTENDEE-COMMENT")
COMMENTS_OF_PEOPLE = ("X-RESPONSE-COMMENT", "X-COMMENT")
FOREIGN_UID = b"vCal-Uid\x01\x00\x00\x00"
"""Before a UID that Exchange has packed into one of its own."""
_MAILTO = re.compile(r"^\s*mailto:", re.IGNORECASE)


class Unreadable(ValueError):
    """It is no calendar answer, or one that nobody could understand."""


@dataclass(frozen=True)
class Person:
    """Somebody named in a calendar file, and what they answered."""

    address: str
    name: str = ""
    answer: str = ""
    """PARTSTAT: ACCEPTED, TENTATIVE, DECLINED, DELEGATED, NEEDS-ACTION."""
    comment: str = ""
    guests: int = 0


@dataclass(frozen=True)
class CalendarReply:
    """One answer to one event."""

    method: str
    uid: str
    people: tuple[Person, ...]
    organizer: str = ""
    sequence: int | None = None
    stamp: datetime | None = None
    comment: str = ""
    product: str = ""
    """PRODID: which program wrote it."""
    others: tuple["CalendarReply", ...] = ()
    """The answers to further events in the same file."""

    @property
    def every(self) -> tuple["CalendarReply", ...]:
        return (self, *self.others)

    def to_meeting(self, public_id: str) -> "CalendarReply | None":
        """Return the answer to that meeting; the host in the UID may have changed since.

        An only answer that names no event is meant for the meeting of the letter.
        """
        if not self.uid and not self.others:
            return self
        return next((one for one in self.every if one.uid.partition("@")[0] == public_id), None)


def read_reply(text: str) -> CalendarReply:
    """Return what the calendar file says: of its first event, and with it of the others.

    Raises Unreadable, and nothing else.
    """
    if len(text) > LONGEST:
        raise Unreadable("too long")
    try:
        return _read(text)
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken file makes the parser stumble over
        raise Unreadable(str(error)[:200]) from error


def _read(text: str) -> CalendarReply:
    calendar = Calendar.from_ical(text.lstrip("\ufeff \t\r\n"))
    events = calendar.walk("VEVENT")
    if not events:
        raise Unreadable("no event in it")
    answers = [one for one in (_answer(calendar, event) for event in events) if one.people]
    if not answers:
        raise Unreadable("nobody answers in it")
    return replace(answers[0], others=tuple(answers[1:]))


def _answer(calendar: Component, event: Component) -> CalendarReply:
    people = tuple(_person(one) for one in _all(event, "ATTENDEE"))
    return CalendarReply(
        method=one_line(str(calendar.get("METHOD") or "REPLY")).upper(),
        uid=plain_uid(one_line(str(event.get("UID") or ""))),
        people=people,
        organizer=next((_address(str(one)) for one in _all(event, "ORGANIZER")), ""),
        sequence=_number(event.get("SEQUENCE")),
        stamp=_moment(event.get("DTSTAMP")),
        comment=_comment(event, people),
        product=one_line(str(calendar.get("PRODID") or ""))[:200],
    )


def plain_uid(uid: str) -> str:
    """Return the UID that we gave, also out of the one that Exchange made of it."""
    if not uid.upper().startswith("040000008200E0"):
        return uid
    try:
        packed = bytes.fromhex(uid)
    except ValueError:
        return uid
    _head, found, ours = packed.partition(FOREIGN_UID)
    return one_line(ours.rstrip(b"\x00").decode("utf-8", "replace")) if found else uid


def _all(event: Component, name: str) -> list[Any]:
    value = event.get(name)
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _person(value: Any) -> Person:
    params = getattr(value, "params", {})

    def said(name: str) -> str:
        return one_line(str(params.get(name) or ""))[:LONGEST_COMMENT]

    guests = said("X-NUM-GUESTS")
    return Person(
        address=_address(str(value)),
        name=said("CN")[:200],
        answer=said("PARTSTAT").upper(),
        comment=next(filter(None, map(said, COMMENTS_OF_PEOPLE)), ""),
        guests=int(guests) if guests.isascii() and guests.isdigit() and len(guests) < 3 else 0,
    )


def _address(value: str) -> str:
    """Return the bare address of `mailto:Nermin%40kurulus.example`, in small letters."""
    bare = unquote(_MAILTO.sub("", value)).split("?", 1)[0]
    return one_line(bare).strip("<>").lower()[:254]


def _number(value: Any) -> int | None:
    try:
        return int(value)
    except Exception:  # icalendar keeps what it cannot read in objects that raise when asked
        return None


def _moment(value: Any) -> datetime | None:
    try:
        moment = value.dt
    except Exception:  # for the same reason
        return None
    if not isinstance(moment, datetime):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _comment(event: Component, people: tuple[Person, ...]) -> str:
    """Return what was written along; the description is ours, sent back, and no comment."""
    said = [many_lines(str(one)) for name in COMMENTS for one in _all(event, name)]
    said += [one.comment for one in people]
    return "\n".join(dict.fromkeys(filter(None, said)))[:LONGEST_COMMENT].strip()
