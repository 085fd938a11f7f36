"""A decision about a service, as it is typed."""

from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator.accounts.models import User
from coordinator.bookings import queries
from coordinator.bookings.models import BookingState
from coordinator.bookings.operations import Order
from coordinator.bookings.services import Service
from coordinator.days.forms import Boxes
from coordinator.fields import Choice, Day, Line, Number
from coordinator.forms import EditForm


class TypedService:
    """A service as the form shows it; where nobody has ordered, with what is needed."""

    def __init__(self, service: Service) -> None:
        booking = service.booking
        self.version = service.version
        self.state = service.state.value
        self.quantity = service.wanted or 1 if booking is None else booking.quantity
        self.responsible = service.responsible.public_id if service.responsible else ""
        self.kept_responsible = service.responsible
        self.due_on = booking.due_on if booking else None
        self.note = service.note


class ServiceForm(EditForm):
    """How much of a service, how far it has come, who orders it and until when."""

    state = Boxes(_l("State"), choices=BookingState.choices(), default=BookingState.TO_ORDER.value)
    quantity = Number(_l("How much"), least=0, most=500)
    responsible = Choice(_l("Who orders it"))
    due_on = Day(_l("Until when"))
    note = Line(_l("Note"), most=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = getattr(kwargs.get("obj"), "kept_responsible", None)
        self.people: dict[str, User] = {one.public_id: one for one in queries.staff(kept)}
        named = [(key, one.full_name) for key, one in self.people.items()]
        self.responsible.choices = [("", _l("Nobody yet")), *named]

    @property
    def order(self) -> Order:
        return Order(
            state=BookingState(self.state.data),
            quantity=self.quantity.data,
            responsible=self.people.get(self.responsible.data or ""),
            due_on=self.due_on.data,
            note=self.note.data or "",
        )


class MoveForm(EditForm):
    """The button of a row: how far the service has come now."""

    state = Choice(_l("State"), choices=BookingState.choices())
