"""A meeting as it is planned."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import ValidationError

from coordinator import clock
from coordinator.days import queries as days
from coordinator.days.concerns import Concern
from coordinator.days.forms import Boxes
from coordinator.days.models import DayWindow
from coordinator.fields import Choice, Clock, Day, Line, Lines, Needed, Number, at_most
from coordinator.forms import AppForm, EditForm
from coordinator.i18n import daymonth, suffix
from coordinator.meetings.models import Meeting, MeetingType, Mode
from coordinator.meetings.plans import MeetingPlan, faults, unnumbered
from coordinator.reachability import website
from coordinator.wording import Unkeepable, one_line

USUAL_START, USUAL_END = time(14), time(16)
ANSWER_DAYS = 7
LONGEST_ITEM, MOST_ITEMS = 300, 30


def secure_link(text: str) -> str:
    """Return a web address that begins with https://; raises Unkeepable for any other."""
    typed = one_line(text)
    if not typed:
        return ""
    link = typed if "://" in typed else f"https://{typed}"
    if not link.lower().startswith("https://"):
        raise Unkeepable(_l("Write a link that begins with https://."))
    return website(link)


class SecureLink(Line):
    """A web address that begins with https://."""

    def read(self, text: str) -> Any:
        return super().read(secure_link(text))


def short_items(_form: Any, field: Any) -> None:
    """Refuse an agenda item that is too long for one line of a letter."""
    for number, item in enumerate(_items(field.data), 1):
        if len(item) > LONGEST_ITEM:
            raise ValidationError(
                _l(
                    "Shorten item %(number)s to %(most)s characters.",
                    number=number,
                    most=LONGEST_ITEM,
                )
            )


class MeetingForm(EditForm):
    """A meeting, new or stored. Concerns are shown once; saving again goes on."""

    held_back = False
    """Was nothing saved only because there is something to look at first?"""

    seen_concerns = HiddenField()
    title = Line(_l("Title"), validators=[Needed(_l("Write what the meeting is called."))])
    window = Choice(_l("Special day"))
    meeting_type = Choice(_l("Kind"), choices=MeetingType.choices())
    day = Day(
        _l("Date"),
        description=_l("Example: 12.11.2026"),
        validators=[Needed(_l("Write the day like 12.11.2026."))],
    )
    start = Clock(
        _l("Start time"),
        description=_l("Example: 14.00"),
        validators=[Needed(_l("Write the time like 14.00."))],
    )
    end = Clock(
        _l("End time"),
        description=_l("Example: 16.00"),
        validators=[Needed(_l("Write the time like 14.00."))],
    )
    mode = Boxes(_l("How people meet"), choices=Mode.choices(), default=Mode.IN_PERSON.value)
    place = Line(_l("Place"))
    address = Line(_l("Address of the place"), most=300)
    directions = Lines(_l("How to get there"), most=1000)
    online_url = SecureLink(_l("Link for those online"), most=500)
    rsvp_deadline = Day(
        _l("Last day to answer"),
        description=_l("Example: 05.11.2026"),
        validators=[Needed(_l("Write the day like 12.11.2026."))],
    )
    max_per_org = Number(
        _l("People per organisation"),
        least=1,
        most=10,
        validators=[Needed(_l("Write a number between %(least)s and %(most)s.", least=1, most=10))],
    )
    capacity = Number(_l("Seats"), least=1, most=5000)
    purpose = Lines(_l("Purpose"))
    agenda = Lines(_l("Agenda"), most=6000, validators=[at_most(MOST_ITEMS), short_items])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.windows = {one.public_id: one for one in days.upcoming_windows()}
        kept = getattr(kwargs.get("obj"), "kept_window", None)
        if kept is not None:
            self.windows.setdefault(kept.public_id, kept)
        words = [(key, _window_word(one)) for key, one in self.windows.items()]
        self.window.choices = [("", _l("None")), *words]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the shape, then show everything that is against the rules at once."""
        sound = bool(super().validate(extra_validators))
        for name, message in faults(self.plan) if self._times_are_read() else ():
            field = self._fields[name]
            if not field.errors:
                field.errors = [message]
                sound = False
        return sound

    @property
    def plan(self) -> MeetingPlan:
        """The plan as written; to be asked for when the times could be read."""
        assert self.day.data
        assert self.start.data
        assert self.end.data
        assert self.rsvp_deadline.data
        return MeetingPlan(
            title=self.title.data or "",
            starts_at=clock.at(self.day.data, self.start.data),
            ends_at=clock.at(self.day.data, self.end.data),
            rsvp_deadline=self.rsvp_deadline.data,
            meeting_type=_known(MeetingType, self.meeting_type.data, MeetingType.STAKEHOLDER),
            mode=_known(Mode, self.mode.data, Mode.IN_PERSON),
            place=self.place.data or "",
            address=self.address.data or "",
            online_url=self.online_url.data or "",
            directions=self.directions.data or "",
            purpose=self.purpose.data or "",
            agenda=tuple(_items(self.agenda.data)),
            max_per_org=self.max_per_org.data or 1,
            capacity=self.capacity.data,
            window=self.windows.get(self.window.data or ""),
        )

    def has_plan(self) -> bool:
        """Could day and times be read, and does the end follow the start?"""
        return self._times_are_read() and self.plan.ends_at > self.plan.starts_at

    def heed(self, time: Sequence[Concern], deadline: Sequence[Concern]) -> bool:
        """Put the concerns beside their fields; True if the reader has seen them all before."""
        self.day.warnings, self.rsvp_deadline.warnings = list(time), list(deadline)
        codes = {one.code for one in (*time, *deadline)}
        seen = set(str(self.seen_concerns.data or "").split())
        self.seen_concerns.data = " ".join(sorted(codes))
        return codes <= seen

    def _times_are_read(self) -> bool:
        read = (self.day.data, self.start.data, self.end.data, self.rsvp_deadline.data)
        return all(value is not None for value in read)


class CancelForm(AppForm):
    """Why a meeting is called off."""

    reason = Lines(
        _l("Reason"),
        most=500,
        description=_l("It stands in the letter to those who were invited."),
        validators=[Needed(_l("Write why the meeting is called off."))],
    )


class WrittenMeeting:
    """A stored meeting as the form writes it."""

    def __init__(self, meeting: Meeting) -> None:
        starts_at, ends_at = clock.local(meeting.starts_at), clock.local(meeting.ends_at)
        self.kept_window = meeting.window
        self.version = meeting.version
        self.title, self.purpose = meeting.title, meeting.purpose
        self.window = meeting.window.public_id if meeting.window else ""
        self.meeting_type, self.mode = meeting.meeting_type.value, meeting.mode.value
        self.day, self.start, self.end = starts_at.date(), starts_at.time(), ends_at.time()
        self.place, self.address = meeting.place, meeting.address
        self.online_url, self.capacity = meeting.online_url, meeting.capacity
        self.directions = meeting.directions
        self.rsvp_deadline, self.max_per_org = meeting.rsvp_deadline, meeting.max_per_org
        self.agenda = "\n".join(item.title for item in meeting.agenda)


def proposed(window: DayWindow | None) -> SimpleNamespace:
    """Return what stands in a new meeting's form: the title and the days that a window suggests."""
    common = {"start": USUAL_START, "end": USUAL_END, "max_per_org": 2}
    if window is None:
        return SimpleNamespace(**common)
    day = suffix(daymonth(window.starts_on), "acc")
    return SimpleNamespace(
        **common,
        kept_window=window,
        window=window.public_id,
        title=_("NGO meeting: we prepare %(day)s together", day=day),
        day=window.meeting_around,
        rsvp_deadline=usual_deadline(window.meeting_around),
    )


def usual_deadline(day: date) -> date:
    """Return a week before the meeting, or the last day left before it."""
    return min(day - timedelta(days=1), max(day - timedelta(days=ANSWER_DAYS), clock.today()))


def _items(text: str | None) -> list[str]:
    return unnumbered([item for line in (text or "").splitlines() if (item := one_line(line))])


def _known(enum: Any, code: Any, otherwise: Any) -> Any:
    return next((one for one in enum if one.value == code), otherwise)


def _window_word(window: DayWindow) -> str:
    return f"{daymonth(window.starts_on)} {window.year}"
