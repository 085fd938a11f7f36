"""One service of one meeting: who asks for it, how much, what was ordered, what is amiss."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask_babel import ngettext

from coordinator import clock
from coordinator.accounts.models import User
from coordinator.bookings.models import BOOKED, BookingState, ServiceBooking
from coordinator.days.concerns import is_working_day
from coordinator.days.models import ClosedDay
from coordinator.invitations.models import SHARED_NEEDS, AccessNeed
from coordinator.meetings.models import Meeting, MeetingStatus

DAYS_AHEAD = 3
"""So many working days before the meeting everything should be ordered."""
SOON = timedelta(days=5)
"""So long before its last day an order is called for."""


def _interpreters(count: int) -> str:
    return ngettext("one interpreter", "%(num)s interpreters", count)


def _children(count: int) -> str:
    return ngettext("one child", "%(num)s children", count)


def _copies(count: int) -> str:
    return ngettext("one copy", "%(num)s copies", count)


def _for_all(count: int) -> str:
    return ngettext("one for all", "%(num)s for all", count)


def _people(count: int) -> str:
    return ngettext("one person", "%(num)s people", count)


AMOUNTS: dict[AccessNeed, Callable[[int], str]] = {
    AccessNeed.SIGN_LANGUAGE: _interpreters,
    AccessNeed.LANGUAGE: _interpreters,
    AccessNeed.CHILDCARE: _children,
    AccessNeed.LARGE_PRINT: _copies,
    AccessNeed.EASY_TEXT: _copies,
    AccessNeed.CAPTIONS: _for_all,
    AccessNeed.BABY_ROOM: _for_all,
}


def amount(need: AccessNeed, count: int) -> str:
    """Return "one interpreter", "3 children"."""
    return AMOUNTS.get(need, _people)(count)


@dataclass(frozen=True)
class Asker:
    """An organisation that asks for a service."""

    organization: str
    page: str
    number: int
    note: str


@dataclass
class Service:
    """A service as the page shows it; without a booking nobody has decided about it yet."""

    meeting: Meeting
    need: AccessNeed
    usual_day: date
    booking: ServiceBooking | None = None
    askers: list[Asker] = field(default_factory=list)
    is_erased: bool = False
    """Are the wishes erased, so that only their sum is known?"""

    @property
    def wanted(self) -> int:
        """How much is needed now."""
        if self.is_erased and not self.askers:
            return self.booking.needed if self.booking else 0
        asked = sum(asker.number for asker in self.askers)
        return min(asked, 1) if self.need in SHARED_NEEDS else asked

    @property
    def state(self) -> BookingState:
        return self.booking.state if self.booking else BookingState.TO_ORDER

    @property
    def quantity(self) -> int | None:
        return self.booking.quantity if self.booking else None

    @property
    def responsible(self) -> User | None:
        return self.booking.responsible if self.booking else None

    @property
    def note(self) -> str:
        return self.booking.note if self.booking else ""

    @property
    def version(self) -> int | None:
        return self.booking.version if self.booking else None

    @property
    def due_on(self) -> date:
        """Until when it is to be ordered: as somebody set it, else the usual day."""
        return (self.booking and self.booking.due_on) or self.usual_day

    @property
    def is_booked(self) -> bool:
        return self.state in BOOKED

    @property
    def is_to_order(self) -> bool:
        """Does somebody want it, or the branch of its own accord, and nobody has ordered it?"""
        if self.is_dropped:
            return False
        own_idea = self.booking is not None and not self.booking.needed
        return self.state is BookingState.TO_ORDER and bool(self.wanted or own_idea)

    @property
    def is_dropped(self) -> bool:
        """Was it not ordered, and is there no reason to any more?"""
        gone = self.is_over or self.meeting.status is MeetingStatus.CANCELLED
        return gone and self.state is BookingState.TO_ORDER

    @property
    def is_stale(self) -> bool:
        """Is another quantity needed than when somebody decided?"""
        if self.booking is None or self.state is BookingState.TO_ORDER:
            return False
        if self.state is BookingState.NOT_NEEDED:
            return self.wanted > self.booking.needed
        return self.wanted != self.booking.needed

    @property
    def is_moved(self) -> bool:
        """Was it ordered for another day or place?"""
        return (
            self.is_booked
            and self.booking is not None
            and self.booking.sequence < self.meeting.calendar_sequence
        )

    @property
    def is_off(self) -> bool:
        """Is it still ordered for a meeting that was called off?"""
        return self.is_booked and self.meeting.status is MeetingStatus.CANCELLED

    @property
    def is_over(self) -> bool:
        return clock.now() >= self.meeting.ends_at

    @property
    def is_late(self) -> bool:
        return self.is_to_order and self.due_on < clock.today()

    @property
    def is_near(self) -> bool:
        return self.is_to_order and clock.today() <= self.due_on <= clock.today() + SOON

    @property
    def wants_somebody(self) -> bool:
        """Is there something to do about it now?"""
        if self.is_over:
            return False
        if self.meeting.status is MeetingStatus.CANCELLED:
            return self.is_booked
        return self.is_late or self.is_near or self.is_stale or self.is_moved


def usual_day(meeting: Meeting, closed: Collection[ClosedDay]) -> date:
    """Return the working day by which services of a meeting should be ordered."""
    by_day = {one.on: one for one in closed}
    day, left = clock.local(meeting.starts_at).date(), DAYS_AHEAD
    while left:
        day -= timedelta(days=1)
        left -= is_working_day(day, by_day.get(day))
    return day
