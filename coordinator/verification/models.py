"""The yearly question "is this still right?": who was asked, what they said, what they propose."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator import clock
from coordinator.accounts.models import User
from coordinator.database import Model
from coordinator.outbox.models import OutboxLetter
from coordinator.records import Addressed, Record, Versioned, coded
from coordinator.registry.models import Contact, Organization, OrgStatus
from coordinator.states import Shown


class Round(Versioned, Addressed, Model):
    """One round of asking all organisations, or those whose record is older than a year."""

    __tablename__ = "verification_round"

    name: Mapped[str] = mapped_column(sa.String(100))
    answer_by: Mapped[date]
    """The last day on which the personal links take an answer."""
    scope: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """Who is asked: the filters of the list of organisations, as it keeps them."""
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    sent_at: Mapped[datetime | None]
    """When the first letters went out; None while it is only prepared."""
    closed_at: Mapped[datetime | None]

    created_by: Mapped[User | None] = relationship()

    @property
    def ended(self) -> bool:
        """Has its last day passed, or was it closed before?"""
        return self.closed_at is not None or clock.today() > self.answer_by

    @property
    def is_open(self) -> bool:
        """Can organisations answer it today?"""
        return self.sent_at is not None and not self.ended


class AnswerState(Shown):
    """What came of asking one organisation."""

    ASKED = "asked", _l("No answer yet"), "dashed", "slate"
    CONFIRMED = "confirmed", _l("All is right"), "tick", "green"
    PROPOSED = "proposed", _l("Correction waits"), "diamond", "amber"
    SETTLED = "settled", _l("Corrected"), "two_rings", "green"
    UNREACHED = "unreached", _l("To be called"), "clock", "amber"


SILENT = (AnswerState.ASKED, AnswerState.UNREACHED)
"""Nobody has answered for the organisation."""


GONE = (OrgStatus.CLOSED, OrgStatus.MERGED)
"""Of such a record nobody is asked anything."""


class AnsweredVia(Shown):
    """How the answer reached the branch."""

    LINK = "link", _l("by link")
    ACCOUNT = "account", _l("by account")
    STAFF = "staff", _l("by the branch")


class Verification(Versioned, Addressed, Model):
    """One organisation asked in a round; without a round its representative came unasked."""

    __tablename__ = "verification"

    round_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("verification_round.id", ondelete="CASCADE")
    )
    organization_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[AnswerState] = mapped_column(
        coded(AnswerState, "state"), default=AnswerState.ASKED
    )
    note: Mapped[str] = mapped_column(sa.Text, default="")
    """What the representative wrote beside the fields."""
    answered_at: Mapped[datetime | None]
    answered_via: Mapped[AnsweredVia | None] = mapped_column(coded(AnsweredVia, "answered_via"))
    answered_by: Mapped[str] = mapped_column(sa.String(200), default="")

    round: Mapped[Round | None] = relationship()
    organization: Mapped[Organization] = relationship()
    letters: Mapped[list["VerificationLetter"]] = relationship(
        back_populates="verification", order_by="VerificationLetter.id",
        cascade="all, delete-orphan",
    )  # fmt: skip
    changes: Mapped[list["ProposedChange"]] = relationship(
        back_populates="verification", order_by="ProposedChange.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        sa.UniqueConstraint("round_id", "organization_id"),
        sa.Index(None, "state"),
    )

    @property
    def name(self) -> str:
        """The organisation's name, by which people speak of the question."""
        return self.organization.name

    @property
    def open_changes(self) -> list["ProposedChange"]:
        """What waits for the branch."""
        return [one for one in self.changes if one.state is ChangeState.OPEN]


class VerificationLetter(Record, Model):
    """A letter that asked, or reminded; its link opens the record's page."""

    __tablename__ = "verification_letter"

    verification_id: Mapped[int] = mapped_column(
        sa.ForeignKey("verification.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contact.id", ondelete="SET NULL"), index=True
    )
    letter_id: Mapped[int] = mapped_column(sa.ForeignKey("letter.id"), unique=True)
    link_id: Mapped[int | None] = mapped_column(sa.ForeignKey("personal_link.id"), index=True)

    verification: Mapped[Verification] = relationship(back_populates="letters")
    contact: Mapped[Contact | None] = relationship()
    letter: Mapped[OutboxLetter] = relationship()


class ChangeState(Shown):
    """What the branch did with a proposed change."""

    OPEN = "open", _l("Waits"), "diamond", "amber"
    ACCEPTED = "accepted", _l("Taken over"), "tick", "green"
    REFUSED = "refused", _l("Not taken over"), "bar", "slate"


class ProposedChange(Record, Model):
    """One field that a representative corrected; a contact's field names the contact."""

    __tablename__ = "proposed_change"

    verification_id: Mapped[int] = mapped_column(
        sa.ForeignKey("verification.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contact.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[str] = mapped_column(sa.String(40))
    """The attribute; "new_contact" and "contact_left" for people who came and went."""
    before: Mapped[Any] = mapped_column(sa.JSON)
    after: Mapped[Any] = mapped_column(sa.JSON)
    state: Mapped[ChangeState] = mapped_column(
        coded(ChangeState, "state"), default=ChangeState.OPEN
    )
    decided_at: Mapped[datetime | None]
    letter_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("verification_letter.id", ondelete="SET NULL"), index=True
    )
    """The letter by whose link it was proposed; None where that was done with an account."""

    verification: Mapped[Verification] = relationship(back_populates="changes")
    contact: Mapped[Contact | None] = relationship()
