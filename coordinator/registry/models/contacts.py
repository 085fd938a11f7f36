"""The people through whom organisations are reached, and the accounts that act for them."""

from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from coordinator import clock, turkish
from coordinator.database import Model
from coordinator.records import Addressed, Record, Versioned, coded, sorted_text
from coordinator.registry.models.organizations import Organization
from coordinator.states import Shown


class Channel(Shown):
    """How somebody wants to be reached."""

    EMAIL = "email", _l("E-mail")
    PHONE = "phone", _l("Phone")
    SMS = "sms", _l("SMS")
    WHATSAPP = "whatsapp", _l("WhatsApp message")
    EBYS = "ebys", _l("Official letter (EBYS / KEP)")
    POST = "post", _l("Post")
    BY_HAND = "by_hand", _l("By hand")


class RelationKind(Shown):
    """In what way a person stands for an organisation."""

    CONTACT = "contact", _l("Contact person")
    AUTHORISED = "authorised", _l("Authorised to sign")


class Contact(Versioned, Addressed, Model):
    """A person through whom an organisation is reached; never recorded as its member."""

    __tablename__ = "contact"

    organization_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE"), active_history=True
    )
    full_name: Mapped[str] = mapped_column(sa.String(200))
    position: Mapped[str] = mapped_column(sa.String(120), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="", index=True)
    phone: Mapped[str] = mapped_column(sa.String(60), default="", index=True)
    preferred_channel: Mapped[Channel] = mapped_column(
        coded(Channel, "preferred_channel"), default=Channel.EMAIL
    )
    preferred_language: Mapped[str] = mapped_column(sa.String(2), default="tr")
    relation_kind: Mapped[RelationKind] = mapped_column(
        coded(RelationKind, "relation_kind"), default=RelationKind.CONTACT
    )
    is_primary: Mapped[bool] = mapped_column(default=False)
    is_deputy: Mapped[bool] = mapped_column(default=False)
    """May stand in for the primary contact."""
    active_from: Mapped[date | None]
    """The day on which the person became a contact, where that is known."""
    active_until: Mapped[date | None]
    """The day on which the person ceased to be a contact."""
    search_key: Mapped[str] = mapped_column(sa.String(300), default="")
    sort_key: Mapped[str] = mapped_column(sorted_text(400), default="")

    organization: Mapped[Organization] = relationship(back_populates="contacts")

    __table_args__ = (sa.Index(None, "organization_id", "email", "active_until"),)

    @property
    def is_active(self) -> bool:
        """Is the organisation reached through this person today?"""
        return self.active_until is None or self.active_until > clock.today()

    @validates("full_name")
    def _follow_name(self, _attribute: str, value: str) -> str:
        self.search_key = turkish.search_key(value)
        self.sort_key = turkish.sort_key(value)
        return value


class Representation(Record, Model):
    """An account that acts for an organisation; one person may act for several."""

    __tablename__ = "representation"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE"), index=True
    )

    organization: Mapped[Organization] = relationship()

    __table_args__ = (sa.UniqueConstraint("user_id", "organization_id"),)
