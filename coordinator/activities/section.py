"""The activities and tasks on an organisation's page."""

from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator.activities.queries import activities as queries
from coordinator.registry.models import Organization
from coordinator.registry.sections import Section


def load(organization: Organization) -> dict[str, Any] | None:
    """Return what the organisation takes part in and what it has still to do."""
    return {
        "activities": queries.of_organization(organization.id),
        "tasks": queries.tasks_of([organization.id]),
    }


ACTIVITIES = Section(
    order=40, title=_l("Joint activities"), template="activities/section.html", load=load
)
