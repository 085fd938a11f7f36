"""What is amiss with the services of a meeting, in the reader's language."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator import clock
from coordinator.bookings.models import BookingState
from coordinator.bookings.services import Service, amount
from coordinator.i18n import day_short
from coordinator.meetings.models import MeetingStatus


@dataclass(frozen=True)
class Remark:
    """A sentence with its shape and tone."""

    text: str
    shape: str = "diamond"
    tone: str = "amber"


def remarks(service: Service) -> list[Remark]:
    """Return what somebody should know or do about a service now, the worst first."""
    if service.is_over:
        return []
    if service.is_off:
        return [Remark(_("The meeting was cancelled. Call this order off."), "triangle", "red")]
    found = [_of_due_day(service), _of_move(service), _of_change(service)]
    return [one for one in found if one is not None]


def summary(services: list[Service]) -> str:
    """Return in one sentence how far the orders have come, or what remains of them."""
    if any(one.meeting.status is MeetingStatus.CANCELLED for one in services):
        return _after_cancelling(sum(one.is_off and not one.is_over for one in services))
    if any(one.is_over for one in services):
        return _after_the_meeting(sum(one.is_booked for one in services))
    wanted = [one for one in services if one.state is not BookingState.NOT_NEEDED]
    if not wanted:
        return _("Nothing is to be ordered now.")
    open_ = sum(one.is_to_order for one in wanted)
    late = sum(one.is_late for one in wanted)
    needed = ngettext("One service is needed.", "%(num)s services are needed.", len(wanted))
    if not open_:
        return f"{needed} {_('All is ordered.')}"
    to_order = ngettext("One is to be ordered.", "%(num)s are to be ordered.", open_)
    if not late:
        return f"{needed} {to_order}"
    return " ".join((needed, to_order, ngettext("One is late.", "%(num)s are late.", late)))


def _after_cancelling(left: int) -> str:
    if not left:
        return _("The meeting was cancelled. Nothing is to be ordered or called off.")
    return ngettext(
        "The meeting was cancelled. One order is to be called off.",
        "The meeting was cancelled. %(num)s orders are to be called off.",
        left,
    )


def _after_the_meeting(ordered: int) -> str:
    if not ordered:
        return _("The meeting is over. Nothing was ordered.")
    return ngettext(
        "The meeting is over. One service was ordered.",
        "The meeting is over. %(num)s services were ordered.",
        ordered,
    )


def short(services: list[Service]) -> str:
    """Return the names of services, each with how much of it is needed."""
    return ", ".join(
        f"{one.need.word} ({amount(one.need, one.wanted)})" if one.wanted else str(one.need.word)
        for one in services
    )


def _of_due_day(service: Service) -> Remark | None:
    if service.is_late:
        day = day_short(service.due_on)
        return Remark(_("The day to order it was %(day)s.", day=day), "triangle", "red")
    if not service.is_near:
        return None
    left = (service.due_on - clock.today()).days
    if left == 0:
        return Remark(_("Order it today."), "clock")
    return Remark(ngettext("Order it by tomorrow.", "Order it within %(num)s days.", left), "clock")


def _of_move(service: Service) -> Remark | None:
    if not service.is_moved:
        return None
    return Remark(_("The meeting’s time or place changed after the order. Tell the provider."))


def _of_change(service: Service) -> Remark | None:
    if not service.is_stale or service.booking is None:
        return None
    if not service.wanted:
        return Remark(_("Nobody asks for it any more. Call it off or keep it knowingly."))
    now = amount(service.need, service.wanted)
    if not service.booking.needed:
        return Remark(_("It is asked for now: %(now)s.", now=now))
    then = amount(service.need, service.booking.needed)
    return Remark(
        _("The need changed after the order: it was %(then)s, it is %(now)s.", then=then, now=now)
    )
