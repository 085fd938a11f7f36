"""Whom the merged organisation belongs to, and who belongs to it."""

import sqlalchemy as sa

from coordinator.duplicates.facts import Choices
from coordinator.duplicates.journal import Journal
from coordinator.extensions import db
from coordinator.registry.models import Organization, organization_umbrella

TABLE = Organization.metadata.tables["organization"]


def merge_family(
    journal: Journal,
    kept: Organization,
    other: Organization,
    choices: Choices,
    parent_id: int | None,
) -> int | None:
    """Move branches, umbrellas and members; return the parent, None where it would be itself."""
    _merge_umbrellas(journal, kept, other, choices)
    _merge_members(journal, kept, other)
    branches = sa.select(Organization.id).where(
        Organization.parent_id == other.id, Organization.id != kept.id
    )
    keys = [{"id": number} for number in db.session.scalars(branches)]
    journal.move(TABLE.c.parent_id, keys, other.id, kept.id)
    return None if _stands_above(parent_id, {kept.id, other.id}) else parent_id


def _merge_umbrellas(
    journal: Journal, kept: Organization, other: Organization, choices: Choices
) -> None:
    ours, theirs = _umbrellas(kept.id), _umbrellas(other.id)
    wanted = (ours | theirs) - {kept.id, other.id}
    if choices.umbrellas is not None:
        wanted &= choices.umbrellas
    for number in sorted(theirs):
        journal.remove(organization_umbrella, _pair(other.id, number))
    for number in sorted(ours - wanted):
        journal.remove(organization_umbrella, _pair(kept.id, number))
    for number in sorted(wanted - ours):
        journal.add(organization_umbrella, _pair(kept.id, number))


def _merge_members(journal: Journal, kept: Organization, other: Organization) -> None:
    ours = _members(kept.id)
    for number in sorted(_members(other.id)):
        journal.remove(organization_umbrella, _pair(number, other.id))
        if number not in ours and number != kept.id:
            journal.add(organization_umbrella, _pair(number, kept.id))


def _stands_above(number: int | None, wanted: set[int]) -> bool:
    """Is one of the wanted this organisation, or above it?"""
    seen: set[int] = set()
    while number is not None and number not in seen:
        if number in wanted:
            return True
        seen.add(number)
        number = db.session.scalar(sa.select(TABLE.c.parent_id).where(TABLE.c.id == number))
    return False


def _umbrellas(number: int) -> set[int]:
    columns = organization_umbrella.c
    asked = sa.select(columns.umbrella_id).where(columns.organization_id == number)
    return set(db.session.scalars(asked))


def _members(number: int) -> set[int]:
    columns = organization_umbrella.c
    asked = sa.select(columns.organization_id).where(columns.umbrella_id == number)
    return set(db.session.scalars(asked))


def _pair(organization_id: int, umbrella_id: int) -> dict[str, int]:
    return {"organization_id": organization_id, "umbrella_id": umbrella_id}
