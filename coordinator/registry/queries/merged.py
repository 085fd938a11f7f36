"""Records that were merged into others: who stands for them, and what no longer counts."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from coordinator.extensions import db
from coordinator.registry.models import Organization


def heir(organization: Organization) -> Organization:
    """Return the record that stands for it today; itself, unless it was merged."""
    seen: set[int] = set()
    while organization.merged_into_id is not None and organization.id not in seen:
        seen.add(organization.id)
        organization = db.session.get_one(Organization, organization.merged_into_id)
    return organization


def stands(column: InstrumentedAttribute[Any]) -> sa.ColumnElement[bool]:
    """The condition that the organisation named in a column was not merged into another one.

    What a merged record still has, the record that stands for it has as well: once is enough.
    """
    merged = sa.select(Organization.id).where(Organization.merged_into_id.is_not(None))
    return column.not_in(merged.correlate(None))
