"""Organisations: what they are, how they are named, whom they belong to."""

from datetime import date
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from coordinator import turkish
from coordinator.database import Model
from coordinator.records import Addressed, Record, Versioned, coded, sorted_text
from coordinator.registry.models.vocabularies import District, TargetGroup, WorkArea
from coordinator.states import Shown

if TYPE_CHECKING:
    from coordinator.registry.models.contacts import Contact


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


WITHOUT_PERSONALITY = frozenset({OrgType.PLATFORM, OrgType.NETWORK, OrgType.COMMISSION})
"""Kinds that no register numbers and no tax office knows; often not even an e-mail address."""

UMBRELLAS = frozenset(
    {OrgType.FEDERATION, OrgType.CONFEDERATION, OrgType.PLATFORM, OrgType.NETWORK}
)
"""Kinds that have other organisations as their members."""

NO_NGO = frozenset(
    {
        OrgType.UNIVERSITY, OrgType.COMMISSION, OrgType.PUBLIC, OrgType.CITY_COUNCIL,
        OrgType.MUNICIPALITY,
    }
)  # fmt: skip
"""Stakeholders that are part of the State, of a city or of a university."""


class OrgStatus(Shown):
    """Whether an organisation is at work."""

    DRAFT = "draft", _l("Draft"), "dashed", "slate"
    ACTIVE = "active", _l("Active"), "tick", "green"
    PASSIVE = "passive", _l("Passive"), "bar", "slate"
    CLOSED = "closed", _l("Closed down"), "lock", "slate"
    MERGED = "merged", _l("Merged"), "two_rings", "slate"


organization_work_area = sa.Table(
    "organization_work_area",
    Model.metadata,
    sa.Column(
        "organization_id", sa.ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("work_area_id", sa.ForeignKey("work_area.id"), primary_key=True),
    sa.Index(None, "work_area_id", "organization_id"),
)

organization_target_group = sa.Table(
    "organization_target_group",
    Model.metadata,
    sa.Column(
        "organization_id", sa.ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("target_group_id", sa.ForeignKey("target_group.id"), primary_key=True),
    sa.Index(None, "target_group_id", "organization_id"),
)

# Which federation, platform or network an organisation is a member of.
organization_umbrella = sa.Table(
    "organization_umbrella",
    Model.metadata,
    sa.Column(
        "organization_id", sa.ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column(
        "umbrella_id", sa.ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Index(None, "umbrella_id", "organization_id"),
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
    tax_no: Mapped[str] = mapped_column(sa.String(20), default="")
    public_benefit: Mapped[bool] = mapped_column(default=False)
    """An association that works for the public benefit, by decision of the State."""
    tax_exempt: Mapped[bool] = mapped_column(default=False)
    """A foundation that is exempt from tax."""
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"), index=True)
    """The organisation of which it is a branch or a part."""
    district_id: Mapped[int | None] = mapped_column(sa.ForeignKey("district.id"))
    address: Mapped[str] = mapped_column(sa.String(500), default="")
    website: Mapped[str] = mapped_column(sa.String(200), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="", index=True)
    phone: Mapped[str] = mapped_column(sa.String(60), default="", index=True)
    kep: Mapped[str] = mapped_column(sa.String(254), default="")
    """The registered e-mail address for official letters."""
    protocol_order: Mapped[int | None]
    """The place in the order of precedence of official letters."""
    founded_year: Mapped[int | None]
    unreadable_email: Mapped[str] = mapped_column(sa.String(300), default="")
    """What stood where an e-mail address should be; kept until somebody puts it right."""
    notes: Mapped[str] = mapped_column(sa.Text, default="")
    source: Mapped[str] = mapped_column(sa.String(200), default="")
    verified_at: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"), index=True)
    """The record that stands for it since the two were merged."""
    search_key: Mapped[str] = mapped_column(sa.String(700), default="")
    sort_key: Mapped[str] = mapped_column(sorted_text(500), default="", index=True)

    district: Mapped[District | None] = relationship()
    work_areas: Mapped[list[WorkArea]] = relationship(
        secondary=organization_work_area, order_by=WorkArea.order_no
    )
    target_groups: Mapped[list[TargetGroup]] = relationship(
        secondary=organization_target_group, order_by=TargetGroup.order_no
    )
    parent: Mapped["Organization | None"] = relationship(
        remote_side="Organization.id", foreign_keys=parent_id, back_populates="branches"
    )
    branches: Mapped[list["Organization"]] = relationship(
        foreign_keys=parent_id, back_populates="parent", order_by="Organization.sort_key"
    )
    merged_into: Mapped["Organization | None"] = relationship(
        remote_side="Organization.id", foreign_keys=merged_into_id
    )
    umbrellas: Mapped[list["Organization"]] = relationship(
        secondary=organization_umbrella,
        primaryjoin="Organization.id == organization_umbrella.c.organization_id",
        secondaryjoin="Organization.id == organization_umbrella.c.umbrella_id",
        back_populates="members",
        order_by="Organization.sort_key",
    )
    members: Mapped[list["Organization"]] = relationship(
        secondary=organization_umbrella,
        primaryjoin="Organization.id == organization_umbrella.c.umbrella_id",
        secondaryjoin="Organization.id == organization_umbrella.c.organization_id",
        back_populates="umbrellas",
        order_by="Organization.sort_key",
    )
    former_names: Mapped[list["OrganizationName"]] = relationship(
        back_populates="organization",
        order_by="OrganizationName.id",
        cascade="all, delete-orphan",
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
    def target_group_codes(self) -> list[str]:
        """The target groups as a form names them."""
        return [group.code for group in self.target_groups]

    @property
    def is_ngo(self) -> bool:
        """Is it an organisation of citizens, not of the State or the city?"""
        return self.org_type not in NO_NGO

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


class NameKind(Shown):
    """Why an organisation is also found under another name."""

    FORMER = "former", _l("Former name")
    MERGED = "merged", _l("Name of a merged record")


class OrganizationName(Record, Model):
    """Another name under which an organisation is found and recognised in lists."""

    __tablename__ = "organization_name"

    organization_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE"), index=True, active_history=True
    )
    name: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[NameKind] = mapped_column(coded(NameKind, "kind"), default=NameKind.FORMER)
    until: Mapped[date | None]

    organization: Mapped[Organization] = relationship(back_populates="former_names")
