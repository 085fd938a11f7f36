"""The lists on an organisation's page."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user

from coordinator.access import READERS, WRITERS
from coordinator.lists import queries
from coordinator.registry.models import Organization
from coordinator.registry.sections import Section


def load(organization: Organization) -> dict[str, Any]:
    """Return the groups in which it is; which saved searches find it is asked on a page."""
    return {
        "groups": queries.groups_of(organization),
        "may_add": current_user.role in WRITERS and organization.merged_into_id is None,
    }


LISTS = Section(
    order=60, title=_l("Lists"), template="lists/section.html", load=load, roles=READERS
)
