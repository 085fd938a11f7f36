"""The list of a page's address."""

from flask import abort

from coordinator.lists import queries
from coordinator.lists.models import ListKind, OrganizationList


def list_or_404(public_id: str, kind: ListKind | None = None) -> OrganizationList:
    """Return the list, which must be of the kind where one is given."""
    one = queries.find(public_id)
    if one is None or (kind and one.kind is not kind):
        abort(404)
    return one
