"""Services that are ordered for a meeting because somebody needs them."""

from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.accounts.models import User
from coordinator.database import Model
from coordinator.invitations.models import AccessNeed
from coordinator.meetings.models import Meeting
from coordinator.records import Addressed, Versioned, coded
from coordinator.states import Shown


class BookingState(Shown):
    """How far an order has come."""

    TO_ORDER = "to_order", _l("To be ordered"), "ring", "amber"
    ORDERED = "ordered", _l("Ordered"), "half", "mor"
    CONFIRMED = "confirmed", _l("Confirmed"), "tick", "green"
    NOT_NEEDED = "not_needed", _l("Not needed"), "bar", "slate"


BOOKED = (BookingState.ORDERED, BookingState.CONFIRMED)


class ServiceBooking(Versioned, Addressed, Model):
    """One service for one meeting: how much of it, who orders it and until when."""

    __tablename__ = "service_booking"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"))
    need: Mapped[AccessNeed] = mapped_column(coded(AccessNeed, "need"))
    state: Mapped[BookingState] = mapped_column(
        coded(BookingState, "state"), default=BookingState.TO_ORDER
    )
    quantity: Mapped[int | None]
    """How much was ordered; None until somebody orders."""
    needed: Mapped[int] = mapped_column(default=0)
    """How much was asked for when somebody last decided; it stays when the wishes are erased."""
    sequence: Mapped[int] = mapped_column(default=0)
    """The meeting's `calendar_sequence` when it was ordered: a later one means that it moved."""
    responsible_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    due_on: Mapped[date | None] = mapped_column(index=True)
    note: Mapped[str] = mapped_column(sa.String(500), default="")

    meeting: Mapped[Meeting] = relationship()
    responsible: Mapped[User | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "need"),
        sa.CheckConstraint("quantity >= 0", name="quantity_not_negative"),
    )

    @property
    def name(self) -> str:
        """By what the audit speaks of it."""
        return f"{self.need.word}, {self.meeting.title}"
