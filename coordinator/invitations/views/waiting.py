"""A place by hand for somebody on the waiting list."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.invitations import operations
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.views.loading import invitation_or_404, meeting_or_404


@blueprint.post("/toplantilar/<public_id>/davetliler/<invitation_id>/yer-ver")
@requires(WRITERS)
@commit_on_success
def seat(public_id: str, invitation_id: str) -> Any:
    invitation = invitation_or_404(invitation_id, meeting_or_404(public_id))
    try:
        letters = operations.seat(invitation=invitation, actor=Actor.account(current_user))
        flash(*_news(invitation.name, letters))
    except RuleBroken as error:
        flash(str(error), "error")
    return redirect(url_for(".invitees", public_id=public_id), 303)


def _news(name: str, letters: int) -> tuple[str, str]:
    if letters:
        return _("%(name)s has a place now; we wrote to them.", name=name), "success"
    return _("%(name)s has a place now. No letter reaches them: call them.", name=name), "warning"
