"""Decide about a service of a meeting: how much, how far, who, until when."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.accounts.models import User
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.bookings import queries
from coordinator.bookings.models import BOOKED, BookingState, ServiceBooking
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.invitations.models import AccessNeed
from coordinator.meetings.models import Meeting
from coordinator.wording import one_line


class QuantityMissing(RuleBroken):
    """An order says how much was ordered."""

    message = _l("Write how much was ordered.")


class DueAfterMeeting(RuleBroken):
    """What is ordered after the meeting helps nobody."""

    message = _l("Choose a day before the meeting.")


@dataclass(frozen=True)
class Order:
    """What somebody decides about a service."""

    state: BookingState
    quantity: int | None = None
    responsible: User | None = None
    due_on: date | None = None
    note: str = ""


def keep(
    meeting: Meeting,
    need: AccessNeed,
    order: Order,
    *,
    version: int | None,
    actor: Actor,
    is_looked_over: bool = True,
) -> ServiceBooking:
    """Write down what was decided; `version` is None where nobody had decided before.

    Whoever decides has seen how much is needed now, and when and where the meeting is, unless
    `is_looked_over` is false. Raises QuantityMissing, DueAfterMeeting, SavedMeanwhile.
    """
    _check(meeting, order)
    # Two people may decide about the same service first: one waits here for the other.
    db.session.execute(sa.select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    now = queries.service(meeting, need)
    before = now.booking.state.value if now.booking else None
    booking = now.booking or _begun(meeting, need)
    if before or version is not None:
        claim(booking, version)
    booking.state, booking.quantity = order.state, order.quantity
    booking.responsible, booking.due_on = order.responsible, order.due_on
    booking.note = one_line(order.note)[:500]
    if is_looked_over:
        booking.needed, booking.sequence = now.wanted, meeting.calendar_sequence
    db.session.flush()
    _note(booking, before, actor)
    return booking


def move(
    meeting: Meeting, need: AccessNeed, to: BookingState, *, version: int | None, actor: Actor
) -> ServiceBooking:
    """Note how far a service has come and leave the rest.

    What is ordered is what is needed now. What was ordered earlier stays as it is: that the need
    has changed since, or the meeting moved, is not forgotten because somebody confirms the order.
    """
    now = queries.service(meeting, need)
    quantity = now.quantity
    if to in BOOKED and not now.is_booked:
        quantity = max(quantity or 0, now.wanted, 1)
    order = Order(
        state=to,
        quantity=quantity,
        responsible=now.responsible,
        due_on=now.booking.due_on if now.booking else None,
        note=now.note,
    )
    return keep(
        meeting, need, order, version=version, actor=actor, is_looked_over=not now.is_booked
    )


def _note(booking: ServiceBooking, before: str | None, actor: Actor) -> None:
    audit.record(
        "booking.kept",
        booking,
        actor,
        meeting=booking.meeting.title,
        need=booking.need.value,
        state=booking.state.value,
        before=before,
        quantity=booking.quantity,
        needed=booking.needed,
        due_on=booking.due_on.isoformat() if booking.due_on else None,
    )


def _begun(meeting: Meeting, need: AccessNeed) -> ServiceBooking:
    booking = ServiceBooking(meeting=meeting, need=need)
    db.session.add(booking)
    return booking


def _check(meeting: Meeting, order: Order) -> None:
    if order.state in BOOKED and not order.quantity:
        raise QuantityMissing(field="quantity")
    if order.due_on and order.due_on > clock.local(meeting.starts_at).date():
        raise DueAfterMeeting(field="due_on")
