"""Merges, and pairs that are said to be two."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from coordinator.duplicates.models import Distinct, Merge
from coordinator.extensions import db
from coordinator.records import ALPHABET
from coordinator.registry.models import Organization

AT_ONCE = 5000
BOTH = (
    joinedload(Merge.kept).joinedload(Organization.district),
    joinedload(Merge.other).joinedload(Organization.district),
    joinedload(Merge.made_by),
)


def merge_of(public_id: str) -> Merge | None:
    """Return a merge by its page's address."""
    if not public_id or set(public_id) - set(ALPHABET):
        return None
    return db.session.scalar(sa.select(Merge).where(Merge.public_id == public_id).options(*BOTH))


def merges_page(page: int, size: int) -> tuple[Sequence[Merge], int]:
    """Return a page of the merges, the latest first, and how many there are."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Merge)) or 0
    asked = sa.select(Merge).options(*BOTH).order_by(Merge.id.desc())
    return db.session.scalars(asked.limit(size).offset((page - 1) * size)).all(), total


def merges_into(organization_id: int) -> Sequence[Merge]:
    """Return the merges of a record that still hold, the latest first."""
    return db.session.scalars(
        sa.select(Merge)
        .where(Merge.kept_id == organization_id, Merge.undone_at.is_(None))
        .options(*BOTH)
        .order_by(Merge.id.desc())
    ).all()


def merge_away(organization_id: int) -> Merge | None:
    """Return the merge by which a record came to stand for nothing."""
    return db.session.scalar(
        sa.select(Merge)
        .where(Merge.other_id == organization_id, Merge.undone_at.is_(None))
        .options(*BOTH)
        .order_by(Merge.id.desc())
        .limit(1)
    )


def later_merge(merge: Merge) -> Merge | None:
    """Return the latest merge that the record has been part of since, of those that hold."""
    return db.session.scalar(
        sa.select(Merge)
        .where(
            Merge.id > merge.id,
            Merge.undone_at.is_(None),
            sa.or_(Merge.kept_id == merge.kept_id, Merge.other_id == merge.kept_id),
        )
        .options(*BOTH)
        .order_by(Merge.id.desc())
        .limit(1)
    )


def distinct(one: int, other: int) -> Distinct | None:
    """Return what says that two organisations are two."""
    first, second = sorted((one, other))
    return db.session.scalar(
        sa.select(Distinct).where(Distinct.first_id == first, Distinct.second_id == second)
    )


def distinct_page(page: int, size: int) -> tuple[list[tuple[Organization, Organization]], int]:
    """Return a page of the pairs that are said to be two, the latest first, and how many."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Distinct)) or 0
    first, second = aliased(Organization), aliased(Organization)
    rows = db.session.execute(
        sa.select(first, second)
        .select_from(Distinct)
        .join(first, first.id == Distinct.first_id)
        .join(second, second.id == Distinct.second_id)
        .options(joinedload(first.district), joinedload(second.district))
        .order_by(Distinct.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return [(one, other) for one, other in rows], total


def organizations(ids: Collection[int]) -> dict[int, Organization]:
    """Return organisations by id, with what a list shows of them."""
    found = db.session.scalars(
        sa.select(Organization)
        .where(Organization.id.in_(sorted(ids)))
        .options(joinedload(Organization.district), sa.orm.selectinload(Organization.contacts))
    )
    return {one.id: one for one in found}


def called(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return the page's address and the name of organisations by id."""
    found: dict[int, tuple[str, str]] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        rows = db.session.execute(
            sa.select(Organization.id, Organization.public_id, Organization.name).where(
                Organization.id.in_(wanted[start : start + AT_ONCE])
            )
        )
        found |= {number: (public_id, name) for number, public_id, name in rows}
    return found
