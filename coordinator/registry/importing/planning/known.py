"""The organisations that are here already, and those that the list will add, as one picture.

All of it is read once in a few statements. The plan changes this picture only; `writing` then
brings the database in line with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.registry.models import (
    Channel,
    Contact,
    Organization,
    OrganizationName,
    OrgStatus,
    OrgType,
    RelationKind,
    TargetGroup,
    WorkArea,
    organization_target_group,
    organization_umbrella,
    organization_work_area,
)

ATTRIBUTES = (
    "name", "short_name", "org_type", "status", "registry_no", "tax_no", "public_benefit",
    "tax_exempt", "district_id", "address", "website", "email", "phone", "kep", "protocol_order",
    "founded_year", "unreadable_email", "notes",
)  # fmt: skip
CONTACT_ATTRIBUTES = (
    "full_name", "position", "email", "phone", "preferred_channel", "preferred_language",
    "relation_kind", "is_deputy", "active_from", "active_until",
)  # fmt: skip
AT_ONCE = 5_000


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
    relation_kind: RelationKind = RelationKind.CONTACT
    is_deputy: bool = False
    active_from: date | None = None
    active_until: date | None = None
    is_primary: bool = False
    version: int = 1
    named_by_list: bool = False
    """An earlier row of the same list named this person; later rows only fill what is empty."""
    changed: set[str] = field(default_factory=set)

    def put(self, attribute: str, value: Any) -> None:
        setattr(self, attribute, value)
        self.changed.add(attribute)

    @property
    def is_active(self) -> bool:
        """Is the organisation reached through this person today?"""
        return self.active_until is None or self.active_until > clock.today()


@dataclass(slots=True, eq=False)
class Known:
    """An organisation of the picture; `id` is None for one that the list adds."""

    id: int | None
    public_id: str
    version: int
    values: dict[str, Any]
    areas: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    contacts: list[KnownContact] = field(default_factory=list)
    other_names: list[str] = field(default_factory=list)
    """Names that it had, and those of records merged into it."""
    parent: "Known | None" = None
    """The organisation of which it is a branch or a part."""
    umbrellas: list["Known"] = field(default_factory=list)
    merged_into: int | None = None
    row: int | None = None
    """The row of the list that adds it."""
    code: str = ""
    """The code under which the list knows it, where another Paydaş exported the list."""
    named_by_list: bool = False
    changed: set[str] = field(default_factory=set)
    """Attributes of `values`, and "areas", "groups", "other_names", "parent", "umbrellas"."""

    @property
    def name(self) -> str:
        return str(self.values["name"])

    @property
    def names(self) -> list[str]:
        """All names under which it is recognised, today's first."""
        return [self.name, *self.other_names]

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
            one.email for one in self.contacts if one.is_active
        )


def empty_values() -> dict[str, Any]:
    """Return the attributes of an organisation of which nothing is known."""
    return {
        **dict.fromkeys(ATTRIBUTES, ""),
        "org_type": OrgType.OTHER,
        "status": OrgStatus.ACTIVE,
        "registry_no": None,
        "public_benefit": False,
        "tax_exempt": False,
        "district_id": None,
        "protocol_order": None,
        "founded_year": None,
    }


def load(ids: Sequence[int] | None = None) -> list[Known]:
    """Return all organisations, or these, with all that hangs on them, in six statements.

    Heads and umbrellas are tied among those that were asked for.
    """
    found: dict[int, Known] = {}
    parents: dict[int, int] = {}
    for chunk in _chunks(ids):
        found.update(_organizations(chunk, parents))
        for number, code in _codes(organization_work_area, WorkArea, chunk):
            found[number].areas.append(code)
        for number, code in _codes(organization_target_group, TargetGroup, chunk):
            found[number].groups.append(code)
        for number, name in _other_names(chunk):
            found[number].other_names.append(name)
        for number, contact in _contacts(chunk):
            found[number].contacts.append(contact)
    for number, head in parents.items():
        found[number].parent = found.get(head)
    for number, umbrella in _umbrellas(ids):
        if number in found and umbrella in found:
            found[number].umbrellas.append(found[umbrella])
    return list(found.values())


def _chunks(ids: Sequence[int] | None) -> Iterable[Sequence[int] | None]:
    if ids is None:
        return [None]
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


def _among(column: Any, ids: Sequence[int] | None) -> sa.ColumnElement[bool]:
    return sa.true() if ids is None else column.in_(ids)


def _organizations(ids: Sequence[int] | None, parents: dict[int, int]) -> dict[int, Known]:
    columns = [getattr(Organization, name) for name in ATTRIBUTES]
    rows = db.session.execute(
        sa.select(
            Organization.id,
            Organization.public_id,
            Organization.version,
            Organization.merged_into_id,
            Organization.parent_id,
            *columns,
        )
        .where(_among(Organization.id, ids))
        .order_by(Organization.id)
    )
    found = {}
    for number, public_id, version, merged_into, parent, *values in rows:
        known = Known(number, public_id, version, dict(zip(ATTRIBUTES, values, strict=True)))
        known.merged_into = merged_into
        if parent is not None:
            parents[number] = parent
        found[number] = known
    return found


def _codes(table: sa.Table, term: Any, ids: Sequence[int] | None) -> Iterable[Any]:
    link = next(column for column in table.c if column.references(term.__table__.c.id))
    return db.session.execute(
        sa.select(table.c.organization_id, term.code)
        .join(term, term.id == link)
        .where(_among(table.c.organization_id, ids))
        .order_by(term.order_no, term.id)
    )


def _other_names(ids: Sequence[int] | None) -> Iterable[Any]:
    return db.session.execute(
        sa.select(OrganizationName.organization_id, OrganizationName.name)
        .where(_among(OrganizationName.organization_id, ids))
        .order_by(OrganizationName.id)
    )


def _umbrellas(ids: Sequence[int] | None) -> Iterable[Any]:
    link = organization_umbrella.c
    asked = sa.select(link.organization_id, link.umbrella_id).order_by(link.umbrella_id)
    for chunk in _chunks(ids):
        yield from db.session.execute(asked.where(_among(link.organization_id, chunk)))


def _contacts(ids: Sequence[int] | None) -> Iterable[tuple[int, KnownContact]]:
    columns = [getattr(Contact, name) for name in CONTACT_ATTRIBUTES]
    rows = db.session.execute(
        sa.select(
            Contact.organization_id, Contact.id, Contact.is_primary, Contact.version, *columns
        )
        .where(_among(Contact.organization_id, ids))
        .order_by(Contact.is_primary.desc(), Contact.id)
    )
    for organization_id, number, primary, version, *values in rows:
        contact = KnownContact(number, *values)
        contact.is_primary, contact.version = primary, version
        yield organization_id, contact


def standing(picture: Iterable[Known]) -> Iterator[tuple[Known, Known]]:
    """Give each record that was merged with the one that stands for it now."""
    by_id = {known.id: known for known in picture if known.id is not None}
    for known in by_id.values():
        at: Known | None = known
        passed: set[int | None] = set()
        while at is not None and at.merged_into is not None and at.id not in passed:
            passed.add(at.id)
            at = by_id.get(at.merged_into)
        if at is not None and at is not known and at.merged_into is None:
            yield known, at
