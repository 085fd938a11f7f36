"""The proposals on an organisation's page."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user

from coordinator.access import READERS
from coordinator.proposals import queries
from coordinator.registry.models import Organization
from coordinator.registry.sections import Section


def load(organization: Organization) -> dict[str, Any]:
    """Return its proposals: for the branch those it sent in, for itself the drafts too."""
    if current_user.role in READERS:
        return {"proposals": queries.sent_in_by(organization)}
    return {"proposals": queries.own([organization.id])}


PROPOSALS = Section(order=30, title=_l("Proposals"), template="proposals/section.html", load=load)
