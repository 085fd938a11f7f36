"""The names that follow an answer: behind a letter's link, and in an account."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from coordinator.access import REPRESENTATIVES, public, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.invitations import operations
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.forms import NamesForm
from coordinator.invitations.letter_form import LetterNamesForm
from coordinator.invitations.models import WANTING, AnsweredVia, Invitation
from coordinator.invitations.operations import Source
from coordinator.invitations.operations.receipts import Receipt
from coordinator.invitations.permissions import names_closed
from coordinator.invitations.queries import Opened
from coordinator.invitations.views.answering import asked_language, context, open_link
from coordinator.invitations.views.own import me, own_context, own_or_404


@blueprint.route("/davet/<token>/adlar", methods=["GET", "POST"])
@public
@commit_on_success
def names(token: str) -> Any:
    opened = open_link(token)
    if not isinstance(opened, Opened):
        return opened
    invitation, back = opened.invitation, url_for(".answer", token=token, **asked_language())
    if not _can_be_named(invitation):
        return redirect(back, 303)
    form = LetterNamesForm(obj=invitation)
    source = Source(AnsweredVia.LINK, Receipt(opened.recipient, opened.link))
    actor = Actor.link(opened.recipient.name)
    if form.validate_on_submit() and _kept(invitation, form, source, actor):
        return redirect(back, 303)
    return render_template("invitations/names.html", form=form, **context(opened)), form.status


@blueprint.route("/davetler/<public_id>/adlar", methods=["GET", "POST"])
@requires(REPRESENTATIVES)
@commit_on_success
def own_names(public_id: str) -> Any:
    invitation, back = own_or_404(public_id), url_for(".own_answer", public_id=public_id)
    if not _can_be_named(invitation):
        return redirect(back, 303)
    form = NamesForm(obj=invitation)
    source = Source(AnsweredVia.ACCOUNT, Receipt(me()))
    if form.validate_on_submit() and _kept(invitation, form, source, Actor.account(current_user)):
        return redirect(back, 303)
    page = render_template("invitations/own_names.html", form=form, **own_context(invitation))
    return page, form.status


def _can_be_named(invitation: Invitation) -> bool:
    """Are names wanted? Who sends a form too late is told so beside what was typed."""
    open_now = invitation.answer in WANTING and names_closed(invitation.meeting) is None
    return open_now or request.method == "POST"


def _kept(invitation: Invitation, form: NamesForm, source: Source, actor: Actor) -> bool:
    try:
        operations.give_names(
            invitation=invitation,
            names=form.names,
            source=source,
            opened_version=form.opened_version,
            actor=actor,
        )
    except RuleBroken as error:
        form.refuse(error, invitation)
        return False
    return True
