"""An answer that somebody wrote, entered in one step beside their words."""

from typing import Any

from flask import abort, flash, redirect, url_for
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.invitations import queries as invitations
from coordinator.invitations.forms import PhonedAnswerForm
from coordinator.invitations.room import kept_by_staff
from coordinator.replies import operations, queries
from coordinator.replies.blueprint import blueprint
from coordinator.replies.views.single import message_or_404, message_page


@blueprint.post("/gelen/<public_id>/yanit/<invitation_id>")
@requires(WRITERS)
@commit_on_success
def enter(public_id: str, invitation_id: str) -> Any:
    message = message_or_404(public_id)
    if queries.is_unmatched_report(message):
        abort(404)
    invitation = invitations.by_public_id(invitation_id) or abort(404)
    form = PhonedAnswerForm(obj=invitation)
    if form.validate_on_submit():
        try:
            operations.enter_answer(
                message=message,
                invitation=invitation,
                reply=form.reply,
                opened_version=form.opened_version,
                actor=Actor.account(current_user),
            )
            flash(*kept_by_staff(invitation))
            return redirect(url_for(".index"), 303)
        except RuleBroken as error:
            form.refuse(error, invitation)
    return message_page(message, invitation, form), form.status
