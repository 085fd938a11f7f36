"""An answer that came by phone, written down by staff."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.forms import PhonedAnswerForm
from coordinator.invitations.models import AnsweredVia, Invitation
from coordinator.invitations.operations import Source, answer_invitation
from coordinator.invitations.permissions import closed
from coordinator.invitations.room import kept_by_staff, no_place_for
from coordinator.invitations.views.loading import invitation_or_404, meeting_or_404


@blueprint.route(
    "/toplantilar/<public_id>/davetliler/<invitation_id>/yanit", methods=["GET", "POST"]
)
@requires(WRITERS)
@commit_on_success
def phoned_answer(public_id: str, invitation_id: str) -> Any:
    meeting = meeting_or_404(public_id)
    invitation = invitation_or_404(invitation_id, meeting)
    form = PhonedAnswerForm(obj=invitation)
    if form.validate_on_submit():
        try:
            _keep(invitation, form)
            flash(*kept_by_staff(invitation))
            return redirect(url_for(".invitees", public_id=public_id), 303)
        except RuleBroken as error:
            form.refuse(error, invitation)
    page = render_template(
        "invitations/phoned.html",
        form=form,
        invitation=invitation,
        meeting=meeting,
        closed=closed(meeting),
        full=no_place_for(invitation),
    )
    return page, form.status


def _keep(invitation: Invitation, form: PhonedAnswerForm) -> None:
    answer_invitation(
        invitation=invitation,
        reply=form.reply,
        source=Source(AnsweredVia.PHONE),
        opened_version=form.opened_version,
        actor=Actor.account(current_user),
    )
