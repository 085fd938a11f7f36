"""Every name of either record goes on leading to the one that stays."""

from typing import Any

from coordinator import turkish
from coordinator.duplicates.journal import Journal
from coordinator.registry.models import NameKind, Organization, OrganizationName

TABLE = OrganizationName.metadata.tables["organization_name"]


def keep_names(
    journal: Journal, kept: Organization, other: Organization, after: dict[str, Any]
) -> None:
    """Keep the names that neither is called by any more, and the other's former names."""
    known = {turkish.search_key(after[field]) for field in ("name", "short_name")}
    known |= {turkish.search_key(one.name) for one in kept.former_names} | {""}
    for former in other.former_names:
        if (key := turkish.search_key(former.name)) not in known:
            known.add(key)
            journal.move(TABLE.c.organization_id, [{"id": former.id}], other.id, kept.id)
    for name in (kept.name, other.name, kept.short_name, other.short_name):
        if (key := turkish.search_key(name)) not in known:
            known.add(key)
            journal.add(TABLE, {"organization_id": kept.id, "name": name, "kind": NameKind.MERGED})
