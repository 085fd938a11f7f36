"""The yearly question on an organisation's page: for the branch, and for itself."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user

from coordinator.access import READERS
from coordinator.registry.models import Organization, OrgStatus
from coordinator.registry.sections import Section
from coordinator.verification import queries


def load(organization: Organization) -> dict[str, Any] | None:
    """Return the last answer, or the question that is open; nothing for a closed record."""
    staff = current_user.role in READERS
    answer = queries.latest(organization.id) if staff else None
    if organization.status is OrgStatus.MERGED or (not staff and _closed(organization)):
        return None
    return {"answer": answer, "staff": staff}


def _closed(organization: Organization) -> bool:
    return organization.status is OrgStatus.CLOSED


STILL_RIGHT = Section(
    order=60, title=_l("Is it still right?"), template="verification/section.html", load=load
)
