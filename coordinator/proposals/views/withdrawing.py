"""An organisation takes a draft or an undecided proposal back, by link or by account."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import REPRESENTATIVES, authorize, public, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.proposals import operations, permissions, queries
from coordinator.proposals.blueprint import blueprint
from coordinator.proposals.forms import WithdrawForm
from coordinator.proposals.models import Proposal
from coordinator.proposals.views.personal import door, opened, own_proposal


@blueprint.get("/oneri/<token>/<public_id>/geri-cek")
@public
def personal_ask_to_withdraw(token: str, public_id: str) -> Any:
    proposal = own_proposal(opened(token), public_id)
    return _ask(proposal, WithdrawForm(obj=proposal), token)


@blueprint.post("/oneri/<token>/<public_id>/geri-cek")
@public
@commit_on_success
def personal_withdraw(token: str, public_id: str) -> Any:
    access = opened(token)
    return _withdrawn(own_proposal(access, public_id), door(access).actor, token)


@blueprint.get("/oneriler/<public_id>/geri-cek")
@requires(REPRESENTATIVES)
def ask_to_withdraw(public_id: str) -> Any:
    proposal = _own(public_id)
    return _ask(proposal, WithdrawForm(obj=proposal))


@blueprint.post("/oneriler/<public_id>/geri-cek")
@requires(REPRESENTATIVES)
@commit_on_success
def withdraw(public_id: str) -> Any:
    return _withdrawn(_own(public_id), Actor.account(current_user))


def _own(public_id: str) -> Proposal:
    proposal = queries.get(public_id)
    authorize(permissions.can_write, proposal)
    assert proposal is not None
    return proposal


def _withdrawn(proposal: Proposal, actor: Actor, token: str | None = None) -> Any:
    form = WithdrawForm()
    try:
        operations.withdraw(proposal, version=form.opened_version, actor=actor)
    except RuleBroken as error:
        form.refuse(error)
        return _ask(proposal, form, token)
    sent = proposal.submitted_at is not None
    flash(_("You took the proposal back.") if sent else _("The draft is deleted."), "success")
    overview = url_for(".personal", token=token) if token else url_for(".index")
    return redirect(overview, 303)


def _ask(proposal: Proposal, form: WithdrawForm, token: str | None = None) -> Any:
    if token:
        back = url_for(".personal_show", token=token, public_id=proposal.public_id)
    else:
        back = url_for(".show", public_id=proposal.public_id)
    page = render_template(
        "proposals/withdraw.html",
        layout="layout_narrow.html" if token else "layout.html",
        proposal=proposal,
        form=form,
        back=back,
        possible=permissions.may_be_withdrawn(proposal),
    )
    return page, form.status
