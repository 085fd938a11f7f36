"""Organisations, contacts, and the lists they are described by."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from coordinator import clock, turkish
from coordinator.database import Model
from coordinator.records import Addressed, Record, Versioned, coded, sorted_text
from coordinator.states import Shown


class OrgType(Shown):
    """The kind of an organisation, with and without legal personality."""

    ASSOCIATION = "association", _l("Association")
    ASSOCIATION_BRANCH = "association_branch", _l("Association branch")
    FOUNDATION = "foundation", _l("Foundation")
    FEDERATION = "federation", _l("Federation")
    CONFEDERATION = "confederation", _l("Confederation")
    PLATFORM = "platform", _l("Platform / initiative")
    NETWORK = "network", _l("Network")
    COOPERATIVE = "cooperative", _l("Cooperative")
    UNION = "union", _l("Trade union")
    CHAMBER = "chamber", _l("Professional chamber")
    BAR = "bar", _l("Bar association")
    CITY_COUNCIL = "city_council", _l("City council assembly")
    UNIVERSITY = "university", _l("University centre")
    MUNICIPALITY = "municipality", _l("District municipality unit")
    COMMISSION = "commission", _l("Equality commission")
    PUBLIC = "public", _l("Public body")
    COMPANY = "company", _l("Non-profit company")
    OTHER = "other", _l("Other")


class OrgStatus(Shown):
    """Whether an organisation is at work."""

    DRAFT = "draft", _l("Draft"), "dashed", "slate"
    ACTIVE = "active", _l("Active"), "tick", "green"
    PASSIVE = "passive", _l("Passive"), "bar", "slate"
    CLOSED = "closed", _l("Closed down"), "lock", "slate"
    MERGED = "merged", _l("Merged"), "two_rings", "slate"


class Channel(Shown):
    """How somebody wants to be reached."""

    EMAIL = "email", _l("E-mail")
    PHONE = "phone", _l("Phone")
    SMS = "sms", _l("SMS")
    EBYS = "ebys", _l("Official letter (EBYS / KEP)")
    POST = "post", _l("Post")
    BY_HAND = "by_hand", _l("By hand")


class District(Record, Model):
    """A district of the city; which ones there are is data, not code."""

    __tablename__ = "district"

    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    aliases: Mapped[str] = mapped_column(sa.String(200), default="")
    sort_key: Mapped[str] = mapped_column(sorted_text(80), index=True)


class WorkArea(Record, Model):
    """A field of work, as the branch names it."""

    __tablename__ = "work_area"

    code: Mapped[str] = mapped_column(sa.String(30), unique=True)
    name_tr: Mapped[str] = mapped_column(sa.String(100))
    name_en: Mapped[str] = mapped_column(sa.String(100))
    order_no: Mapped[int]
    retired: Mapped[bool] = mapped_column(default=False)

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_tr


organization_work_area = sa.Table(
    "organization_work_area",
    Model.metadata,
    sa.Column(
        "organization_id", sa.ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("work_area_id", sa.ForeignKey("work_area.id"), primary_key=True),
    sa.Index(None, "work_area_id", "organization_id"),
)

# The words under which an organisation is found, kept by `search.py`.
organization_word = sa.Table(
    "organization_word",
    Model.metadata,
    sa.Column(
        "organization_id", sa.ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("word", sorted_text(60), primary_key=True),
    sa.Index(None, "word", "organization_id"),
)


class Organization(Versioned, Addressed, Model):
    """An NGO or another stakeholder. `search_key` and `sort_key` follow its names."""

    __tablename__ = "organization"

    name: Mapped[str] = mapped_column(sa.String(200))
    short_name: Mapped[str] = mapped_column(sa.String(60), default="")
    org_type: Mapped[OrgType] = mapped_column(
        coded(OrgType, "org_type"), default=OrgType.ASSOCIATION
    )
    status: Mapped[OrgStatus] = mapped_column(coded(OrgStatus, "status"), default=OrgStatus.ACTIVE)
    registry_no: Mapped[str | None] = mapped_column(sa.String(30), unique=True)
    district_id: Mapped[int | None] = mapped_column(sa.ForeignKey("district.id"))
    address: Mapped[str] = mapped_column(sa.String(500), default="")
    website: Mapped[str] = mapped_column(sa.String(200), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="", index=True)
    phone: Mapped[str] = mapped_column(sa.String(60), default="", index=True)
    founded_year: Mapped[int | None]
    unreadable_email: Mapped[str] = mapped_column(sa.String(300), default="")
    """What stood where an e-mail address should be; kept until somebody puts it right."""
    notes: Mapped[str] = mapped_column(sa.Text, default="")
    source: Mapped[str] = mapped_column(sa.String(200), default="")
    verified_at: Mapped[date | None]
    search_key: Mapped[str] = mapped_column(sa.String(700), default="")
    sort_key: Mapped[str] = mapped_column(sorted_text(500), default="", index=True)

    district: Mapped[District | None] = relationship()
    work_areas: Mapped[list[WorkArea]] = relationship(
        secondary=organization_work_area, order_by=WorkArea.order_no
    )
    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="organization",
        order_by="(Contact.is_primary.desc(), Contact.sort_key)",
        cascade="all, delete-orphan",
    )

    __table_args__ = (
        sa.Index(None, "district_id", "sort_key"),
        sa.Index(None, "org_type", "sort_key"),
        sa.Index(None, "status", "sort_key"),
    )

    @property
    def district_slug(self) -> str:
        """The district as a form names it."""
        return self.district.slug if self.district else ""

    @property
    def org_status(self) -> str:
        """The status as a form names it."""
        return self.status.value

    @property
    def work_area_codes(self) -> list[str]:
        """The fields of work as a form names them."""
        return [area.code for area in self.work_areas]

    @property
    def active_contacts(self) -> list["Contact"]:
        """The contacts through whom it is reached today, the primary one first."""
        return [contact for contact in self.contacts if contact.is_active]

    @property
    def reachable_by_email(self) -> bool:
        """Is there any e-mail address to write to?"""
        return bool(self.email) or any(contact.email for contact in self.active_contacts)

    @validates("name", "short_name")
    def _follow_names(self, attribute: str, value: str) -> str:
        name = value if attribute == "name" else self.name or ""
        short = value if attribute == "short_name" else self.short_name or ""
        self.search_key = turkish.search_key(f"{name} {short}")
        self.sort_key = turkish.sort_key(name)
        return value


class Contact(Versioned, Addressed, Model):
    """A person through whom an organisation is reached; never recorded as its member."""

    __tablename__ = "contact"

    organization_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE")
    )
    full_name: Mapped[str] = mapped_column(sa.String(200))
    position: Mapped[str] = mapped_column(sa.String(120), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="", index=True)
    phone: Mapped[str] = mapped_column(sa.String(60), default="", index=True)
    preferred_channel: Mapped[Channel] = mapped_column(
        coded(Channel, "preferred_channel"), default=Channel.EMAIL
    )
    preferred_language: Mapped[str] = mapped_column(sa.String(2), default="tr")
    is_primary: Mapped[bool] = mapped_column(default=False)
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


class ImportState(Shown):
    """How far an import has come."""

    READ = "read", _l("Read, nothing saved yet"), "half", "mor"
    APPLIED = "applied", _l("Saved"), "tick", "green"
    DROPPED = "dropped", _l("Dropped"), "cross", "slate"


class ImportBatch(Versioned, Addressed, Model):
    """An uploaded list: its cells as read, the columns chosen, the decisions, what came of it."""

    __tablename__ = "import_batch"

    filename: Mapped[str] = mapped_column(sa.String(255))
    sheet: Mapped[str] = mapped_column(sa.String(100), default="")
    heading_row: Mapped[int]
    headings: Mapped[list[Any]] = mapped_column(sa.JSON)
    rows: Mapped[list[Any]] = mapped_column(sa.JSON)
    mapping: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    decisions: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    state: Mapped[ImportState] = mapped_column(
        coded(ImportState, "state"), default=ImportState.READ
    )
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    applied_at: Mapped[datetime | None]
