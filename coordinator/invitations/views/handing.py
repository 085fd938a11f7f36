"""Handing the invitation to a colleague or deputy: behind a letter's link, and in an account."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from coordinator.access import REPRESENTATIVES, public, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.invitations import operations, queries
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.forms import HandoverForm
from coordinator.invitations.models import Invitation
from coordinator.invitations.operations.handing import MOST
from coordinator.invitations.operations.receipts import Receipt
from coordinator.invitations.permissions import closed
from coordinator.invitations.queries import Opened
from coordinator.invitations.views.answering import asked_language, context, open_link
from coordinator.invitations.views.own import me, own_context, own_or_404
from coordinator.reachability import masked_email
from coordinator.registry.queries import Recipient


@blueprint.route("/davet/<token>/devret", methods=["GET", "POST"])
@public
@commit_on_success
def handover(token: str) -> Any:
    opened = open_link(token)
    if not isinstance(opened, Opened):
        return opened
    invitation, giver = opened.invitation, Receipt(opened.recipient, opened.link)
    asked = {"token": token, **asked_language()}
    if closed(invitation.meeting) and request.method != "POST":
        return redirect(url_for(".answer", **asked), 303)
    form = HandoverForm()
    if form.validate_on_submit() and _given(
        invitation, form, giver, Actor.link(giver.recipient.name)
    ):
        return redirect(url_for(".handover", **asked, gitti=1), 303)
    shown = {**context(opened), **_handed(invitation)}
    return render_template("invitations/handover.html", form=form, **shown), form.status


@blueprint.route("/davetler/<public_id>/devret", methods=["GET", "POST"])
@requires(REPRESENTATIVES)
@commit_on_success
def own_handover(public_id: str) -> Any:
    invitation = own_or_404(public_id)
    if closed(invitation.meeting) and request.method != "POST":
        return redirect(url_for(".own_answer", public_id=public_id), 303)
    form = HandoverForm()
    if form.validate_on_submit() and _given(
        invitation, form, Receipt(me()), Actor.account(current_user)
    ):
        return redirect(url_for(".own_handover", public_id=public_id, gitti=1), 303)
    shown = {**own_context(invitation), **_handed(invitation)}
    return render_template("invitations/own_handover.html", form=form, **shown), form.status


def _given(invitation: Invitation, form: HandoverForm, giver: Receipt, actor: Actor) -> bool:
    to = Recipient(form.name.data, form.address.data, giver.recipient.language, None)
    try:
        operations.hand_over(invitation=invitation, to=to, giver=giver, actor=actor)
    except RuleBroken as error:
        form.refuse(error)
        return False
    return True


def _handed(invitation: Invitation) -> dict[str, Any]:
    """Return to whom it was handed, each address masked: the page may be in other hands."""
    given = queries.handovers(invitation.id)
    return {
        "handed": [masked_email(one.letter.to_address) for one in given],
        "sent": "gitti" in request.args and bool(given),
        "most": MOST,
    }
