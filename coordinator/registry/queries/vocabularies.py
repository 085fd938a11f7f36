"""The lists that the branch keeps, as those see them who edit them."""

import re
from typing import Any

import sqlalchemy as sa

from coordinator import turkish
from coordinator.extensions import db
from coordinator.registry.models import (
    Organization,
    OrgStatus,
    TargetGroup,
    Term,
    WorkArea,
    organization_target_group,
    organization_work_area,
)

DESCRIBING: dict[type[Term], tuple[sa.Table, str]] = {
    WorkArea: (organization_work_area, "work_area_id"),
    TargetGroup: (organization_target_group, "target_group_id"),
}
"""By which table, and which column of it, organisations are described by each list."""

_SIGNS = re.compile(r"[\W_]+")


def terms(kind: type[Term]) -> list[Term]:
    """Return all entries in the branch's order, retired and merged ones as well."""
    model: Any = kind
    return list(db.session.scalars(sa.select(model).order_by(model.order_no, model.id)))


def term(kind: type[Term], code: str) -> Term | None:
    """Return the entry of that code."""
    if not code.isascii() or "\0" in code:
        return None
    model: Any = kind
    found: Term | None = db.session.scalar(sa.select(model).where(model.code == code))
    return found


def described_counts(kind: type[Term]) -> dict[int, int]:
    """Return how many organisations each entry describes, as the list of them counts."""
    table, column = DESCRIBING[kind]
    rows = db.session.execute(
        sa.select(table.c[column], sa.func.count())
        .join(Organization, Organization.id == table.c.organization_id)
        .where(Organization.status != OrgStatus.MERGED)
        .group_by(table.c[column])
    )
    return {row[0]: row[1] for row in rows}


def described_by_both(one: Term, other: Term) -> int:
    """Return how many organisations two entries of one list both describe."""
    table, column = DESCRIBING[type(one)]
    by_other = sa.select(table.c.organization_id).where(table.c[column] == other.id)
    asked = (
        sa.select(sa.func.count())
        .select_from(table)
        .join(Organization, Organization.id == table.c.organization_id)
        .where(
            Organization.status != OrgStatus.MERGED,
            table.c[column] == one.id,
            table.c.organization_id.in_(by_other),
        )
    )
    return db.session.scalar(asked) or 0


def folded_name(text: str) -> str:
    """Return a name as names are compared: no case, accents or signs."""
    key = turkish.search_key(text)
    return _SIGNS.sub(" ", key).strip() or key
