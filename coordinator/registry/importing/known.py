"""The organisations that are here already, and those that the list will add, as one picture.

All of it is read once in a few statements. The plan changes this picture only; `writing` then
brings the database in line with it.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.registry.models import (
    Channel,
    Contact,
    Organization,
    OrgStatus,
    OrgType,
    WorkArea,
    organization_work_area,
)

ATTRIBUTES = (
    "name", "short_name", "org_type", "status", "registry_no", "district_id", "address",
    "website", "email", "phone", "founded_year", "unreadable_email", "notes",
)  # fmt: skip
CONTACT_ATTRIBUTES = (
    "full_name", "position", "email", "phone", "preferred_channel", "preferred_language",
    "active_until",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class KnownContact:
    """A contact of the picture; `id` is None for one that the list adds."""

    id: int | None
    full_name: str
    position: str = ""
    email: str = ""
    phone: str = ""
    preferred_channel: Channel = Channel.EMAIL
    preferred_language: str = "tr"
    active_until: date | None = None
    named_by_list: bool = False
    """An earlier row of the same list named this person; later rows only fill what is empty."""
    changed: set[str] = field(default_factory=set)

    def put(self, attribute: str, value: Any) -> None:
        setattr(self, attribute, value)
        self.changed.add(attribute)


@dataclass(slots=True, eq=False)
class Known:
    """An organisation of the picture; `id` is None for one that the list adds."""

    id: int | None
    public_id: str
    version: int
    values: dict[str, Any]
    areas: list[str] = field(default_factory=list)
    contacts: list[KnownContact] = field(default_factory=list)
    row: int | None = None
    """The row of the list that adds it."""
    code: str = ""
    """The code under which the list knows it, where another Paydaş exported the list."""
    named_by_list: bool = False
    changed: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return str(self.values["name"])

    def put(self, attribute: str, value: Any) -> None:
        self.values[attribute] = value
        self.changed.add(attribute)

    @property
    def touched(self) -> bool:
        """Will the list change anything of it?"""
        return bool(self.changed) or any(one.id is None or one.changed for one in self.contacts)

    @property
    def reached_by_email(self) -> bool:
        return bool(self.values["email"]) or any(
            one.email for one in self.contacts if one.active_until is None
        )


def empty_values() -> dict[str, Any]:
    """Return the attributes of an organisation of which nothing is known."""
    return {
        **dict.fromkeys(ATTRIBUTES, ""),
        "org_type": OrgType.OTHER,
        "status": OrgStatus.ACTIVE,
        "registry_no": None,
        "district_id": None,
        "founded_year": None,
    }


def load() -> list[Known]:
    """Return all organisations with their fields of work and contacts, in three statements."""
    columns = [getattr(Organization, name) for name in ATTRIBUTES]
    rows = db.session.execute(
        sa.select(Organization.id, Organization.public_id, Organization.version, *columns).order_by(
            Organization.id
        )
    )
    found = {
        row[0]: Known(row[0], row[1], row[2], dict(zip(ATTRIBUTES, row[3:], strict=True)))
        for row in rows
    }
    areas = db.session.execute(
        sa.select(organization_work_area.c.organization_id, WorkArea.code)
        .join(WorkArea, WorkArea.id == organization_work_area.c.work_area_id)
        .order_by(WorkArea.order_no)
    )
    for organization_id, code in areas:
        found[organization_id].areas.append(code)
    contact_columns = [getattr(Contact, name) for name in CONTACT_ATTRIBUTES]
    contacts = db.session.execute(
        sa.select(Contact.organization_id, Contact.id, *contact_columns).order_by(
            Contact.is_primary.desc(), Contact.id
        )
    )
    for organization_id, number, *values in contacts:
        known = KnownContact(number, **dict(zip(CONTACT_ATTRIBUTES, values, strict=True)))
        found[organization_id].contacts.append(known)
    return list(found.values())
