"""Fields of work and target groups: those of both, unless somebody decides otherwise."""

import sqlalchemy as sa

from coordinator.duplicates.facts import Choices
from coordinator.duplicates.journal import Journal
from coordinator.extensions import db
from coordinator.registry.models import (
    Organization,
    organization_target_group,
    organization_work_area,
)


def merge_terms(
    journal: Journal, kept: Organization, other: Organization, choices: Choices
) -> None:
    """Give the kept record the chosen terms; the other keeps its own to be read."""
    for table, name, chosen in (
        (organization_work_area, "work_area_id", choices.work_areas),
        (organization_target_group, "target_group_id", choices.target_groups),
    ):
        ours, theirs = _terms(table, name, kept), _terms(table, name, other)
        wanted = ours | theirs if chosen is None else (ours | theirs) & chosen
        for number in sorted(ours - wanted):
            journal.remove(table, {"organization_id": kept.id, name: number})
        own = [{"organization_id": kept.id, name: number} for number in sorted(ours & wanted)]
        for number in sorted(wanted - ours):
            journal.add(table, {"organization_id": kept.id, name: number}, beside=own)


def _terms(table: sa.Table, name: str, organization: Organization) -> set[int]:
    asked = sa.select(table.c[name]).where(table.c.organization_id == organization.id)
    return set(db.session.scalars(asked))
