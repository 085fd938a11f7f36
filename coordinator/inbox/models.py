"""Mail that arrived at the addresses of our letters, and what each message did."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.database import Model
from coordinator.outbox.models import OutboxLetter
from coordinator.records import Addressed, Versioned, coded
from coordinator.states import Shown


class MessageKind(Shown):
    """What a message turned out to be."""

    ANSWER = "answer", _l("Calendar answer"), "tick", "green"
    BOUNCE = "bounce", _l("Letter that came back"), "triangle", "red"
    DELAYED = "delayed", _l("Delivery is delayed"), "clock", "amber"
    AUTOMATIC = "automatic", _l("Automatic reply"), "half", "slate"
    HUMAN = "human", _l("Somebody wrote"), "flag", "mor"
    UNMATCHED = "unmatched", _l("Cannot be matched"), "diamond", "amber"


NOTHING_KEPT = ("outdated", "moved", "refused")
"""Outcomes of calendar answers that changed nothing, though they came from who was asked."""
ERASED = "erased"
"""The outcome of a message that is too large to leave the mailbox, once its record was emptied."""
UNREACHABLE = "unreachable"
"""The outcome of the row that says since when the mailbox cannot be read."""


class InboxMessage(Versioned, Addressed, Model):
    """A message that was read: kept until staff have seen what it did, then erased in time.

    It is written in the transaction of what it does, before it leaves the mailbox; `digest` (the
    SHA-256 of its bytes) keeps a second reading of the same message from doing it twice. Rows whose
    outcome is ERASED or UNREACHABLE are no messages, and no read but their own gives them.
    """

    __tablename__ = "inbox_message"

    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    message_id: Mapped[str] = mapped_column(sa.String(998), default="")
    written_at: Mapped[datetime | None]
    """When the sender says it was written."""
    sender_name: Mapped[str] = mapped_column(sa.String(200), default="")
    sender_address: Mapped[str] = mapped_column(sa.String(254), default="")
    subject: Mapped[str] = mapped_column(sa.Text, default="")
    text: Mapped[str] = mapped_column(sa.Text, default="")
    raw: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    kind: Mapped[MessageKind] = mapped_column(coded(MessageKind, "kind"))
    letter_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("letter.id", ondelete="SET NULL"), index=True
    )
    """The letter that it answers or brings back, where that is known."""
    outcome: Mapped[str] = mapped_column(sa.String(40), default="")
    """The code of what it did, or of why it could do nothing."""
    details: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """What belongs to the outcome: the server's words, the answer, the address."""
    seen_at: Mapped[datetime | None] = mapped_column(index=True)
    seen_by: Mapped[str] = mapped_column(sa.String(200), default="")

    letter: Mapped[OutboxLetter | None] = relationship()

    __table_args__ = (sa.Index(None, "created_at"),)

    @property
    def is_kept(self) -> bool:
        """Is it a calendar answer that stands as somebody's answer?"""
        return self.kind is MessageKind.ANSWER and self.outcome not in NOTHING_KEPT

    @property
    def name(self) -> str:
        """By what people and the audit speak of it."""
        return self.subject[:200] or self.sender_address
