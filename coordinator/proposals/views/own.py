"""What a representative does with an account."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user

from coordinator.access import REPRESENTATIVES, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.proposals import permissions, queries
from coordinator.proposals.blueprint import blueprint
from coordinator.proposals.forms import ProposalForm
from coordinator.proposals.models import Call, Proposal
from coordinator.proposals.views.saving import Door, empty_form, save
from coordinator.proposals.views.story import story
from coordinator.registry import queries as registry
from coordinator.registry.models import Organization


def overview() -> str:
    """The representative's list: open calls, then what became of the proposals."""
    ids = registry.represented_ids(current_user)
    return render_template(
        "proposals/own_index.html",
        calls=queries.open_calls(ids),
        proposals=queries.own(ids),
        several=len(ids) > 1,
    )


def page(proposal: Proposal) -> Any:
    """One proposal as its organisation sees it: a draft to go on with, or its story."""
    if proposal.is_draft and proposal.call.is_open:
        return _draft(proposal, ProposalForm(obj=proposal))
    events = story(proposal, for_branch=False)
    return render_template(
        "proposals/own_show.html",
        proposal=proposal,
        events=events,
        may_withdraw=permissions.may_be_withdrawn(proposal),
    )


def _door_to(call: Call) -> tuple[Door, list[Organization]]:
    """Return the door for the organisation that was asked for, and those one may write for."""
    mine = [one for one in registry.represented(current_user) if queries.is_asked(call, [one.id])]
    wanted = request.args.get("kurulus", "")
    chosen = next((one for one in mine if one.public_id == wanted), None if wanted else mine[0])
    if chosen is None:
        abort(404)
    return Door(call, chosen, Actor.account(current_user)), mine


def _asked_call() -> Call:
    call = queries.get_call(request.args.get("cagri", ""))
    authorize(permissions.can_write_to, call)
    assert call is not None
    return call


def _new() -> ProposalForm:
    return empty_form(name=current_user.full_name, email=current_user.email)


@blueprint.get("/oneriler/yeni")
@requires(REPRESENTATIVES)
def new() -> Any:
    door, mine = _door_to(_asked_call())
    return _write(door, mine, _new())


@blueprint.post("/oneriler/yeni")
@requires(REPRESENTATIVES)
@commit_on_success
def create() -> Any:
    door, mine = _door_to(_asked_call())
    form = _new()
    saved = save(form, door)
    if saved is None:
        return _write(door, mine, form)
    return redirect(url_for(".show", public_id=saved.public_id), 303)


@blueprint.post("/oneriler/<public_id>")
@requires(REPRESENTATIVES)
@commit_on_success
def rewrite(public_id: str) -> Any:
    proposal = queries.get(public_id)
    authorize(permissions.can_write, proposal)
    assert proposal is not None
    form = ProposalForm(obj=proposal)
    door = Door(proposal.call, proposal.organization, Actor.account(current_user))
    if save(form, door, proposal) is None:
        return _draft(proposal, form)
    return redirect(url_for(".show", public_id=public_id), 303)


def _write(door: Door, mine: list[Organization], form: ProposalForm) -> Any:
    page = render_template("proposals/own_new.html", door=door, mine=mine, form=form)
    return page, form.status


def _draft(proposal: Proposal, form: ProposalForm) -> Any:
    page = render_template("proposals/own_draft.html", proposal=proposal, form=form)
    return page, form.status
