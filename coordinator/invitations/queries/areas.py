"""Which organisations work in a field, for the filter of the list."""

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.registry.models import WorkArea, organization_work_area


def in_area(code: str) -> set[int] | None:
    """Return the organisations that work in a field; None where no field is asked for."""
    if not code:
        return None
    return set(
        db.session.scalars(
            sa.select(organization_work_area.c.organization_id)
            .join(WorkArea, WorkArea.id == organization_work_area.c.work_area_id)
            .where(WorkArea.code == code)
        )
    )
