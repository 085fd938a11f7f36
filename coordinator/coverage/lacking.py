"""Organisations that no cell of the table can count, as a filter of their list."""

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator.registry.listing.criteria import Criterion
from coordinator.registry.models import Organization, organization_work_area

DISTRICT, AREA, BOTH = "ilce", "alan", "ilce-alan"
WORDS = {
    DISTRICT: _l("District"),
    AREA: _l("Field of work"),
    BOTH: _l("District and field of work"),
}


def condition(value: str) -> sa.ColumnElement[bool]:
    """Return the condition that an organisation's record lacks the detail."""
    no_district = Organization.district_id.is_(None)
    no_area = ~sa.exists().where(organization_work_area.c.organization_id == Organization.id)
    if value == BOTH:
        return sa.and_(no_district, no_area)
    return no_district if value == DISTRICT else no_area


CRITERION = Criterion(
    name="eksik",
    label=_l("Missing"),
    choices=lambda: list(WORDS.items()),
    condition=condition,
)
