"""The file of a proposal, to those who may read the proposal."""

from typing import Any

from flask import abort

from coordinator.access import EVERYONE, authorize, requires
from coordinator.documents import serving
from coordinator.proposals import permissions, queries
from coordinator.proposals.blueprint import blueprint
from coordinator.proposals.models import Proposal


def sent(proposal: Proposal | None) -> Any:
    """Answer with the proposal's file; 404 if it has none."""
    if proposal is None or proposal.document is None:
        abort(404)
    return serving.send(proposal.document)


@blueprint.get("/oneriler/<public_id>/ek")
@requires(EVERYONE)
def attachment(public_id: str) -> Any:
    proposal = queries.get(public_id)
    authorize(permissions.can_read, proposal)
    return sent(proposal)
