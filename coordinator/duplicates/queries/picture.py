"""The register as suspects are looked for in it: plain values, in a few statements."""

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from coordinator.duplicates.models import Distinct
from coordinator.extensions import db
from coordinator.registry.likeness import COMMON, folded, telling
from coordinator.registry.models import Contact, Organization, OrganizationName, OrgStatus

Pair = tuple[int, int]


@dataclass(slots=True)
class Seen:
    """What tells an organisation from others."""

    id: int
    name: str
    short_name: str
    registry_no: str
    tax_no: str
    district_id: int | None
    parent_id: int | None
    email: str
    phone: str
    website: str
    address: str
    folded: str
    former: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    """The words of the name that tell it from others."""

    def __post_init__(self) -> None:
        self.words = frozenset(telling(self.folded.split())) - COMMON


@dataclass(frozen=True)
class Picture:
    """All organisations that stand for themselves, and the pairs that are said to be two."""

    seen: dict[int, Seen]
    apart: set[Pair]


def take() -> Picture:
    """Read the register; five statements at any size."""
    return _taken(sa.true(), sa.true(), sa.true())


def take_pair(one: int, other: int, most: int) -> Picture:
    """Read two organisations, without what more than `most` in the register have in common."""
    pair = [one, other]
    picture = _taken(
        Organization.id.in_(pair),
        OrganizationName.organization_id.in_(pair),
        Contact.organization_id.in_(pair),
    )
    _forget_common(list(picture.seen.values()), most)
    return picture


def _taken(
    which: sa.ColumnElement[bool], names: sa.ColumnElement[bool], people: sa.ColumnElement[bool]
) -> Picture:
    seen = _organizations(which)
    for number, name in db.session.execute(
        sa.select(OrganizationName.organization_id, OrganizationName.name).where(names)
    ):
        if number in seen:
            seen[number].former.append(folded(name))
    reached = sa.select(Contact.organization_id, Contact.email, Contact.phone).where(
        people, sa.or_(Contact.email != "", Contact.phone != "")
    )
    for number, email, phone in db.session.execute(reached):
        if number in seen:
            seen[number].emails += filter(None, [email])
            seen[number].phones += filter(None, [phone])
    return Picture(seen, apart())


def _forget_common(pair: list[Seen], most: int) -> None:
    """Forget the address, phone or site of an office house."""
    marks = {
        mark
        for one in pair
        for mark in (one.email, one.phone, one.website, one.address, *one.emails, *one.phones)
    }
    columns = [Organization.email, Organization.phone, Organization.website, Organization.address]
    asked = [sa.select(one.label("mark"), Organization.id.label("holder")) for one in columns]
    asked += [
        sa.select(one, Organization.id).join(Contact, Contact.organization_id == Organization.id)
        for one in (Contact.email, Contact.phone)
    ]
    wanted = [
        one.where(
            one.selected_columns[0].in_(marks - {""}), Organization.status != OrgStatus.MERGED
        )
        for one in asked
    ]
    held = sa.union_all(*wanted).subquery()
    rows = sa.select(held.c.mark).group_by(held.c.mark)
    common = set(db.session.scalars(rows.having(sa.func.count(sa.distinct(held.c.holder)) > most)))
    for one in pair:
        for name in ("email", "phone", "website", "address"):
            if getattr(one, name) in common:
                setattr(one, name, "")
        one.emails = [mark for mark in one.emails if mark not in common]
        one.phones = [mark for mark in one.phones if mark not in common]


def picture_stamp() -> tuple[Any, ...]:
    """Return what changes with the register, in one statement."""
    tables = (Organization, Contact, OrganizationName, Distinct)
    asked: list[Any] = [sa.select(sa.func.count()).select_from(one) for one in tables]
    asked += [sa.select(sa.func.max(one.updated_at)) for one in tables]
    asked += [sa.select(sa.func.sum(one.version)) for one in (Organization, Contact)]
    return tuple(db.session.execute(sa.select(*(one.scalar_subquery() for one in asked))).one())


def _organizations(which: sa.ColumnElement[bool]) -> dict[int, Seen]:
    rows = db.session.execute(
        sa.select(
            Organization.id,
            Organization.name,
            Organization.short_name,
            sa.func.coalesce(Organization.registry_no, ""),
            Organization.tax_no,
            Organization.district_id,
            Organization.parent_id,
            Organization.email,
            Organization.phone,
            Organization.website,
            Organization.address,
        ).where(which, Organization.status != OrgStatus.MERGED)
    )
    return {number: Seen(number, name, *rest, folded(name)) for number, name, *rest in rows}  # type: ignore[call-arg, arg-type]


def apart() -> set[Pair]:
    """Return the pairs that are two; what is said of a merged record holds for its heir."""
    merged = sa.select(Organization.id, Organization.merged_into_id)
    rows = db.session.execute(merged.where(Organization.merged_into_id.is_not(None)))
    heirs = {number: heir for number, heir in rows if heir is not None}

    def heir(number: int) -> int:
        while number in heirs:
            number = heirs[number]
        return number

    said = db.session.execute(sa.select(Distinct.first_id, Distinct.second_id))
    pairs = [(heir(first), heir(second)) for first, second in said]
    return {(min(pair), max(pair)) for pair in pairs}
