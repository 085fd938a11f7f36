"""The pages of an account that acts for organisations: what they are invited to, and answers."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from coordinator.access import REPRESENTATIVES, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.i18n import language
from coordinator.invitations import permissions, queries
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.forms import AnswerForm
from coordinator.invitations.models import AnsweredVia, Invitation, RsvpAnswer
from coordinator.invitations.operations import Source, answer_invitation
from coordinator.invitations.operations.receipts import Receipt
from coordinator.invitations.permissions import closed
from coordinator.invitations.views.answering import calendar_answer, shared_context
from coordinator.registry.queries import Recipient, represented_ids


@blueprint.get("/davetler")
@requires(REPRESENTATIVES)
def own_list() -> Any:
    """What the account's organisations are invited to; what can be answered comes first."""
    invitations = queries.of_organizations(represented_ids(current_user))
    coming = [one for one in invitations if closed(one.meeting) is None]
    return render_template(
        "invitations/own_list.html",
        waiting=sorted(coming, key=lambda one: (one.meeting.rsvp_deadline, one.id)),
        past=[one for one in invitations if closed(one.meeting) is not None],
        silent=sum(one.answer is RsvpAnswer.NONE for one in coming),
    )


@blueprint.get("/davetler/<public_id>")
@requires(REPRESENTATIVES)
def own_answer(public_id: str) -> Any:
    invitation = own_or_404(public_id)
    answered = invitation.answer is not RsvpAnswer.NONE
    if closed(invitation.meeting) or (answered and "degistir" not in request.args):
        return render_template("invitations/own_answered.html", **own_context(invitation))
    form = AnswerForm(obj=invitation)
    return render_template("invitations/own_answer.html", form=form, **own_context(invitation))


@blueprint.post("/davetler/<public_id>")
@requires(REPRESENTATIVES)
@commit_on_success
def give_own_answer(public_id: str) -> Any:
    invitation = own_or_404(public_id)
    form = AnswerForm(obj=invitation)
    if form.validate_on_submit():
        try:
            _keep(invitation, form)
            return redirect(url_for(".own_answer", public_id=public_id), 303)
        except RuleBroken as error:
            form.refuse(error, invitation)
    page = "own_answered" if closed(invitation.meeting) else "own_answer"
    return render_template(
        f"invitations/{page}.html", form=form, **own_context(invitation)
    ), form.status


@blueprint.get("/davetler/<public_id>/takvim.ics")
@requires(REPRESENTATIVES)
def own_calendar_file(public_id: str) -> Any:
    return calendar_answer(own_or_404(public_id))


def own_or_404(public_id: str) -> Invitation:
    invitation = queries.by_public_id(public_id)
    authorize(permissions.can_see, invitation)
    assert invitation is not None
    return invitation


def _keep(invitation: Invitation, form: AnswerForm) -> None:
    answer_invitation(
        invitation=invitation,
        reply=form.reply,
        source=Source(AnsweredVia.ACCOUNT, Receipt(me())),
        opened_version=form.opened_version,
        actor=Actor.account(current_user),
    )


def me() -> Recipient:
    return Recipient(
        current_user.full_name, current_user.email, current_user.language or language(), None
    )


def own_context(invitation: Invitation) -> dict[str, Any]:
    address: dict[str, Any] = {"public_id": invitation.public_id}
    return {
        **shared_context(invitation, me()),
        "answer_url": url_for(".own_answer", **address),
        "change_url": url_for(".own_answer", **address, degistir=1),
        "calendar_url": url_for(".own_calendar_file", **address),
        "names_url": url_for(".own_names", **address),
        "handover_url": url_for(".own_handover", **address),
        "copy_to": current_user.email,
    }
