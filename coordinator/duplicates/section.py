"""What was merged into a record, on the organisation's page."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user

from coordinator.access import READERS, WRITERS
from coordinator.duplicates import queries
from coordinator.registry.models import Organization
from coordinator.registry.sections import Section


def load(organization: Organization) -> dict[str, Any] | None:
    """Return the merges of the record, or the one by which it came to stand for nothing."""
    may_write = current_user.role in WRITERS
    if organization.merged_into_id is not None:
        away = queries.merge_away(organization.id)
        return {"merges": [away], "away": True, "may_write": may_write} if away else None
    merges = queries.merges_into(organization.id)
    if not merges and not may_write:
        return None
    return {"merges": merges, "away": False, "may_write": may_write}


MERGED = Section(
    order=95,
    title=_l("Other records of the same organisation"),
    template="duplicates/section.html",
    load=load,
    roles=READERS,
)
