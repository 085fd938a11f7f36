"""What a meeting is to be, and the rules for it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.days.models import DayWindow
from coordinator.i18n import suffix, typed
from coordinator.meetings.models import Meeting, MeetingType, Mode

_BULLET = re.compile(r"^[-–—•*·▪]\s+|^[•▪]")
_NUMBER = re.compile(r"^(\d{1,2})\s*[.)\-–:](?!\d)\s*")
Fault = tuple[str, LazyString | str]
"""A field and what to do about it."""


@dataclass(frozen=True)
class MeetingPlan:
    """All that staff decide about a meeting."""

    title: str
    starts_at: datetime
    ends_at: datetime
    rsvp_deadline: date
    meeting_type: MeetingType = MeetingType.STAKEHOLDER
    mode: Mode = Mode.IN_PERSON
    place: str = ""
    address: str = ""
    online_url: str = ""
    directions: str = ""
    purpose: str = ""
    agenda: tuple[str, ...] = ()
    max_per_org: int = 2
    capacity: int | None = None
    window: DayWindow | None = None

    @property
    def day(self) -> date:
        return clock.local(self.starts_at).date()


def faults(plan: MeetingPlan) -> Iterator[Fault]:
    """Yield what is against the rules, by the field in which it is put right."""
    if not plan.title:
        yield "title", _l("Write what the meeting is called.")
    if plan.ends_at <= plan.starts_at:
        yield "end", _l("Let the meeting end after it begins.")
    if plan.rsvp_deadline >= plan.day:
        yield (
            "rsvp_deadline",
            _l(
                "Let the last day to answer be before the meeting. The meeting is on %(day)s.",
                day=suffix(typed(plan.day), "loc"),
            ),
        )
    if plan.mode is not Mode.ONLINE and not plan.place:
        yield "place", _l("Write where people meet.")
    if plan.mode is not Mode.IN_PERSON and not plan.online_url:
        yield "online_url", _l("Write the link for those who take part online.")
    if plan.online_url and not plan.online_url.startswith("https://"):
        yield "online_url", _l("Write a link that begins with https://.")


def plan_of(meeting: Meeting) -> MeetingPlan:
    """Return the plan that a stored meeting follows."""
    columns = {
        one.name: getattr(meeting, one.name) for one in fields(MeetingPlan) if one.name != "agenda"
    }
    return MeetingPlan(**columns, agenda=tuple(item.title for item in meeting.agenda))


def unnumbered(items: Sequence[str]) -> list[str]:
    """Return the items of an agenda without the bullets or numbers that were typed before them.

    Letters and calendar files number the items. A number is left out only where all items
    are numbered in their order: "2. dönem" begins with an ordinal.
    """
    plain = [_BULLET.sub("", item) for item in items]
    numbers = [_NUMBER.match(item) for item in plain]
    if [found and int(found[1]) for found in numbers] == [*range(1, len(plain) + 1)]:
        plain = [_NUMBER.sub("", item) for item in plain]
    return [item for item in plain if item]
