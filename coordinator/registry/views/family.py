"""The pages with all branches and all members of an organisation."""

from typing import Any

from flask import render_template

from coordinator.access import READERS, authorize, requires
from coordinator.paging import page_number
from coordinator.registry import permissions, queries
from coordinator.registry.blueprint import blueprint
from coordinator.registry.queries import Relation


@blueprint.get("/kuruluslar/<public_id>/subeler")
@requires(READERS)
def branches(public_id: str) -> Any:
    return _page(public_id, Relation.BRANCHES)


@blueprint.get("/kuruluslar/<public_id>/uyeler")
@requires(READERS)
def members(public_id: str) -> Any:
    return _page(public_id, Relation.MEMBERS)


def _page(public_id: str, relation: Relation) -> str:
    found = queries.organization(public_id)
    authorize(permissions.can_see, found)
    assert found is not None
    return render_template(
        "registry/relatives.html",
        organization=found,
        relation=relation,
        page=queries.relatives(found, relation, page_number(), queries.PAGE),
    )
