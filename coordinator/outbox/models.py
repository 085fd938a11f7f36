"""Letters and every attempt to deliver them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.database import Model
from coordinator.records import Addressed, Record, coded
from coordinator.states import Shown


class LetterState(Shown):
    """What became of a letter."""

    QUEUED = "queued", _l("To be sent"), "clock", "slate"
    SENDING = "sending", _l("Being sent"), "half", "mor"
    SENT = "sent", _l("Sent"), "plane", "slate"
    DEFERRED = "deferred", _l("Will be tried again"), "clock", "amber"
    FAILED = "failed", _l("Not delivered"), "triangle", "red"
    CANCELLED = "cancelled", _l("Cancelled"), "cross", "slate"


OPEN_STATES = (LetterState.QUEUED, LetterState.SENDING, LetterState.DEFERRED)


class OutboxLetter(Addressed, Model):
    """One letter to one address; `links` maps markers in its text to personal links."""

    __tablename__ = "letter"

    kind: Mapped[str] = mapped_column(sa.String(40))
    to_name: Mapped[str] = mapped_column(sa.String(200))
    to_address: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(2))
    subject: Mapped[str] = mapped_column(sa.Text)
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text)
    calendar: Mapped[str | None] = mapped_column(sa.Text)
    calendar_method: Mapped[str | None] = mapped_column(sa.String(10))
    links: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    once: Mapped[str | None] = mapped_column(sa.String(120), unique=True)
    message_id: Mapped[str] = mapped_column(sa.String(120), unique=True)
    state: Mapped[LetterState] = mapped_column(
        coded(LetterState, "state"), default=LetterState.QUEUED
    )
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(sa.Text)

    tries: Mapped[list["DeliveryAttempt"]] = relationship(
        back_populates="letter", order_by="DeliveryAttempt.id", cascade="all, delete-orphan"
    )

    __table_args__ = (sa.Index(None, "state", "next_try_at"),)


class DeliveryAttempt(Record, Model):
    """One try to deliver a letter and how it ended, in the server's words."""

    __tablename__ = "delivery_attempt"

    letter_id: Mapped[int] = mapped_column(
        sa.ForeignKey("letter.id", ondelete="CASCADE"), index=True
    )
    outcome: Mapped[LetterState] = mapped_column(coded(LetterState, "outcome"))
    reason: Mapped[str | None] = mapped_column(sa.Text)

    letter: Mapped[OutboxLetter] = relationship(back_populates="tries")
