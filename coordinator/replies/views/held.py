"""An address on hold, cleared by staff or by the organisation's own people."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import REPRESENTATIVES, WRITERS, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.invitations.held_back import cleared
from coordinator.outbox import phrases
from coordinator.registry import permissions
from coordinator.registry import queries as registry
from coordinator.replies import operations, queries
from coordinator.replies.blueprint import blueprint
from coordinator.replies.permissions import may_clear


@blueprint.post("/kuruluslar/<public_id>/adres-serbest")
@requires(WRITERS | REPRESENTATIVES)
@commit_on_success
def clear_address(public_id: str) -> Any:
    organization = registry.organization(public_id)
    authorize(permissions.can_edit, organization)
    assert organization is not None
    wanted = request.form.get("adres", "").strip().lower()
    known = {
        one.hold.address for one in queries.held_of(organization) if may_clear(current_user, one)
    }
    back = redirect(url_for("registry.organization", public_id=public_id), 303)
    if wanted not in known:
        flash(_("This address is not on hold."), "info")
        return back
    try:
        again = operations.clear_hold(
            address=wanted,
            again=bool(request.form.get("yeniden")),
            actor=Actor.account(current_user),
        )
    except RuleBroken as error:
        abort(error.status)
    said = cleared if current_user.role in WRITERS else phrases.cleared
    flash(said(wanted, again), "success")
    return back
