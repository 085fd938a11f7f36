"""What several pages load: the record of an address, and one to be changed."""

from coordinator.access import authorize
from coordinator.registry import permissions, queries
from coordinator.registry.models import Organization


def record(public_id: str) -> Organization:
    """Return a record that the reader may see, else 404."""
    found = queries.organization(public_id)
    authorize(permissions.can_see, found)
    assert found is not None
    return found


def editable(public_id: str) -> Organization:
    """Return a record that the reader may change, else 404."""
    found = queries.organization(public_id)
    authorize(permissions.can_edit, found)
    assert found is not None
    return found
