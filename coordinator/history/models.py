"""Calls, visits and notes that staff write down about an organisation."""

from datetime import date, datetime, time

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator import clock
from coordinator.accounts.models import User
from coordinator.database import Model
from coordinator.records import Addressed, Versioned, coded
from coordinator.registry.models import Contact, Organization
from coordinator.states import Shown


class EncounterKind(Shown):
    """In what way somebody was met or spoken to."""

    CALL = "call", _l("Phone call")
    VISIT = "visit", _l("Visit")
    MESSAGE = "message", _l("Message")
    EMAIL = "email", _l("E-mail")
    NOTE = "note", _l("Note")


class Encounter(Versioned, Addressed, Model):
    """A call, a visit, a message or a note, as the branch wrote it down."""

    __tablename__ = "encounter"

    organization_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE")
    )
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contact.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[EncounterKind] = mapped_column(coded(EncounterKind, "kind"))
    happened_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(sa.Text)
    about: Mapped[str] = mapped_column(sa.String(12), default="")
    """The code of the meeting at whose desk it was typed in; empty for all others."""
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))

    organization: Mapped[Organization] = relationship()
    contact: Mapped[Contact | None] = relationship()
    created_by: Mapped[User | None] = relationship()

    __table_args__ = (sa.Index(None, "organization_id", "happened_at"),)

    @property
    def day(self) -> date:
        """The day in Istanbul, as a form shows it."""
        return clock.local(self.happened_at).date()

    @property
    def hour(self) -> time:
        """The time in Istanbul, as a form shows it."""
        return clock.local(self.happened_at).time().replace(second=0, microsecond=0)

    @property
    def contact_code(self) -> str:
        """The contact as a form names them."""
        return self.contact.public_id if self.contact else ""

    @property
    def name(self) -> str:
        """By what the audit speaks of it."""
        return f"{self.organization.name}, {self.day:%d.%m.%Y}"
