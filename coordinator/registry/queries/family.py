"""Who belongs to whom: branches of a head, members of an umbrella, whoever stands above."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.paging import Paged
from coordinator.registry.models import (
    District,
    Organization,
    OrgStatus,
    OrgType,
    organization_umbrella,
)

SHOWN = 20
PAGE = 50


class Relation(StrEnum):
    """In what way organisations belong to one."""

    BRANCHES = "branches"
    MEMBERS = "members"


class Relative(NamedTuple):
    """An organisation as the page of another one names it."""

    public_id: str
    name: str
    org_type: OrgType
    status: OrgStatus
    district: str | None


@dataclass(frozen=True)
class Relatives(Paged):
    """A page of those who belong to an organisation, and how many there are in all."""

    size: int = SHOWN
    items: list[Relative] = field(default_factory=list)

    @property
    def rest(self) -> int:
        """How many are not among those shown first."""
        return self.total - len(self.items)


def relatives(
    organization: Organization, relation: Relation, page: int = 1, size: int = SHOWN
) -> Relatives:
    """Return a page of an organisation's branches or members, in Turkish order."""
    condition = _belonging(organization.id, relation)
    total = db.session.scalar(sa.select(sa.func.count(Organization.id)).where(condition)) or 0
    page = min(max(page, 1), max(1, -(-total // size)))
    rows = db.session.execute(
        sa.select(
            Organization.public_id,
            Organization.name,
            Organization.org_type,
            Organization.status,
            District.name,
        )
        .outerjoin(District, District.id == Organization.district_id)
        .where(condition)
        .order_by(Organization.sort_key, Organization.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return Relatives(page, total, size, [Relative(*row) for row in rows])


def active_branches(organization: Organization) -> int:
    """Return how many branches of an organisation are at work."""
    branches = _belonging(organization.id, Relation.BRANCHES)
    counted = sa.select(sa.func.count(Organization.id)).where(
        branches, Organization.status == OrgStatus.ACTIVE
    )
    return db.session.scalar(counted) or 0


def _belonging(number: int, relation: Relation) -> sa.ColumnElement[bool]:
    if relation is Relation.BRANCHES:
        belonging = Organization.parent_id == number
    else:
        members = sa.select(organization_umbrella.c.organization_id)
        belonging = Organization.id.in_(
            members.where(organization_umbrella.c.umbrella_id == number)
        )
    return sa.and_(belonging, Organization.status != OrgStatus.MERGED)


def heads_above(number: int) -> set[int]:
    """Return the ids of an organisation's head, of that one's head, and so on."""
    first = sa.select(Organization.parent_id.label("id")).where(
        Organization.id == number, Organization.parent_id.is_not(None)
    )
    above = first.cte("heads_above", recursive=True)
    further = sa.select(Organization.parent_id).where(
        Organization.id == above.c.id, Organization.parent_id.is_not(None)
    )
    return set(db.session.scalars(sa.select(above.union(further).c.id)))


def umbrellas_above(number: int) -> set[int]:
    """Return the ids of an organisation's umbrellas, of their umbrellas, and so on."""
    table = organization_umbrella.c
    first = sa.select(table.umbrella_id.label("id")).where(table.organization_id == number)
    above = first.cte("umbrellas_above", recursive=True)
    further = sa.select(table.umbrella_id).where(table.organization_id == above.c.id)
    return set(db.session.scalars(sa.select(above.union(further).c.id)))
