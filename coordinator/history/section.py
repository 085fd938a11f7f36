"""The newest lines of the history on an organisation's page."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user

from coordinator.access import READERS
from coordinator.history import permissions, queries
from coordinator.registry.models import Organization
from coordinator.registry.sections import Section

SHOWN = 6


def load(organization: Organization) -> dict[str, Any]:
    """Return the newest lines and what to know before one calls."""
    return {
        "timeline": queries.timeline(organization, size=SHOWN),
        "remarks": queries.remarks(organization),
        "may_write": permissions.can_write(current_user, organization),
    }


HISTORY = Section(
    order=10, title=_l("History"), template="history/section.html", load=load, roles=READERS
)
