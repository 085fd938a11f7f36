"""Letters, every attempt to deliver them, and the workers that do."""

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
    BOUNCED = "bounced", _l("Came back"), "triangle", "red"
    CANCELLED = "cancelled", _l("Cancelled"), "cross", "slate"


WAITING_STATES = (LetterState.QUEUED, LetterState.DEFERRED)
OPEN_STATES = (LetterState.QUEUED, LetterState.SENDING, LetterState.DEFERRED)
WENT_OUT = (LetterState.SENT, LetterState.SENDING)
"""A letter that may lie in its reader's mailbox."""
NOT_ARRIVED = (LetterState.FAILED, LetterState.CANCELLED, LetterState.BOUNCED)
"""It can go again, if it is still true."""


class Trouble(Shown):
    """Why a try failed where no mail server said why."""

    UNREACHABLE = "unreachable", _l("The mail server could not be reached.")
    SILENT = "silent", _l("The mail server did not answer in time.")
    CUT = "cut", _l("The mail server broke the connection.")
    UNKNOWN = "unknown", _l("The program was stopped before the mail server answered.")
    UNSENDABLE = "unsendable", _l("The letter could not be put together.")
    HELD = "held", _l("A letter to this address came back: nothing goes there until it is cleared.")
    CALLED_BACK = "called_back", _l("It was called back because what it says is no longer true.")

    def because(self, detail: object = "") -> str:
        """Return the reason as it is stored: the code, and what the machine said."""
        text = " ".join(str(detail).split())
        return f"{self.value}: {text}"[:500] if text else self.value


def shown_reason(reason: str | None) -> str:
    """Return a stored reason as people read it: our own in words, a server's as it was said."""
    code, _, detail = (reason or "").partition(": ")
    if code not in set(Trouble):
        return reason or ""
    return f"{Trouble(code).word} ({detail})" if detail else str(Trouble(code).word)


class OutboxLetter(Addressed, Model):
    """One letter to one address; `links` maps markers in its text to personal links.

    `next_try_at` says when it is a worker's turn: to send it, to try again, or, while it is being
    sent, to take it over from a worker that died. It is empty when nothing is left to do.
    `retry_until` is set at the first failure: after that moment nobody tries any more.
    """

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
    is_answered_by_mail: Mapped[bool] = mapped_column(default=False)
    """Are answers to it read? Then it names a reply address of its own."""
    is_round: Mapped[bool] = mapped_column(default=False)
    """Is it a round letter, which people may do without, and not an official one?"""
    message_id: Mapped[str] = mapped_column(sa.String(320), unique=True)
    state: Mapped[LetterState] = mapped_column(
        coded(LetterState, "state"), default=LetterState.QUEUED, index=True
    )
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    retry_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    delayed_at: Mapped[datetime | None]
    """When a server on the way last said that it keeps the letter and goes on trying."""
    called_back_at: Mapped[datetime | None]
    """Since when nobody may send it (again): what it says is no longer true.

    One that was on its way at that moment may still arrive; if not, that was its last try."""
    reason: Mapped[str | None] = mapped_column(sa.Text)

    tries: Mapped[list["DeliveryAttempt"]] = relationship(
        back_populates="letter", order_by="DeliveryAttempt.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        sa.Index(
            "ix_letter_turn",
            "next_try_at",
            "id",
            sqlite_where=sa.text("next_try_at IS NOT NULL"),
            postgresql_where=sa.text("next_try_at IS NOT NULL"),
        ),
    )

    @property
    def reason_words(self) -> str:
        """Why it was not delivered, for the reader."""
        return shown_reason(self.reason)


class DeliveryAttempt(Record, Model):
    """One try to deliver a letter and how it ended, in the server's words."""

    __tablename__ = "delivery_attempt"

    letter_id: Mapped[int] = mapped_column(
        sa.ForeignKey("letter.id", ondelete="CASCADE"), index=True
    )
    outcome: Mapped[LetterState] = mapped_column(coded(LetterState, "outcome"))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    is_try: Mapped[bool] = mapped_column(default=False)
    """Was it in a worker's hand? Else this is news: no server was there, or it came back."""

    letter: Mapped[OutboxLetter] = relationship(back_populates="tries")

    __table_args__ = (sa.Index(None, "created_at"),)

    @property
    def reason_words(self) -> str:
        """Why it was not delivered, for the reader."""
        return shown_reason(self.reason)


class HeldAddress(Record, Model):
    """An address from which a letter came back for good: nothing goes there until it is cleared."""

    __tablename__ = "held_address"

    address: Mapped[str] = mapped_column(sa.String(254), unique=True)
    held_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    letter_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("letter.id", ondelete="SET NULL"), index=True
    )
    released_at: Mapped[datetime | None] = mapped_column(index=True)
    released_by: Mapped[str] = mapped_column(sa.String(200), default="")


class OptOut(Record, Model):
    """An address whose owner wants no round letters; official ones still go there."""

    __tablename__ = "opt_out"

    address: Mapped[str] = mapped_column(sa.String(254), unique=True)
    since: Mapped[datetime]
    via: Mapped[str] = mapped_column(sa.String(30), default="")
    """How it was said: one-click, page, staff."""
    ended_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """By what the audit speaks of it."""
        return self.address

    @property
    def stands(self) -> bool:
        return self.ended_at is None


class WorkerBeat(Record, Model):
    """A sign of life of a process that delivers letters: `updated_at` is when it last gave one."""

    __tablename__ = "worker_beat"

    name: Mapped[str] = mapped_column(sa.String(200), unique=True)
