"""The public door: a call's personal link, without an account."""

from typing import Any

from flask import abort, g, redirect, render_template, request, url_for

from coordinator import headers, links
from coordinator.access import public
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.i18n import LANGUAGES
from coordinator.proposals import permissions, queries
from coordinator.proposals.blueprint import blueprint
from coordinator.proposals.forms import ProposalForm
from coordinator.proposals.models import CallAccess, Proposal
from coordinator.proposals.operations.accesses import PURPOSE
from coordinator.proposals.views import attachments
from coordinator.proposals.views.saving import Door, empty_form, save
from coordinator.proposals.views.story import story


def opened(token: str) -> CallAccess:
    """Return what the link opens; 404 without one, 410 when it has ended."""
    headers.keep_private()
    link = links.find(PURPOSE, token)
    access = queries.access_of_link(link) if link else None
    if link is None or access is None:
        abort(404)
    chosen = {request.args.get("dil"), request.cookies.get("dil")}
    if access.contact is not None and not chosen & set(LANGUAGES):
        g.language = access.contact.preferred_language
    if not links.is_open(link) or (access.contact and not access.contact.is_active):
        abort(410)
    return access


def own_proposal(access: CallAccess, public_id: str) -> Proposal:
    """Return a proposal of the link's organisation to the link's call, else 404."""
    proposal = queries.get(public_id)
    own = (access.call_id, access.organization_id)
    if proposal is None or (proposal.call_id, proposal.organization_id) != own:
        abort(404)
    return proposal


def door(access: CallAccess) -> Door:
    name = access.contact.full_name if access.contact else access.organization.name
    return Door(access.call, access.organization, Actor.link(name), access)


def _new(access: CallAccess) -> ProposalForm:
    contact = access.contact
    return empty_form(
        name=contact.full_name if contact else "",
        email=contact.email if contact else access.organization.email,
    )


@blueprint.get("/oneri/<token>")
@public
def personal(token: str) -> Any:
    access = opened(token)
    return _overview(access, token, _new(access))


@blueprint.post("/oneri/<token>")
@public
@commit_on_success
def personal_save(token: str) -> Any:
    access = opened(token)
    form = _new(access)
    saved = save(form, door(access))
    if saved is None:
        return _overview(access, token, form)
    return redirect(url_for(".personal_show", token=token, public_id=saved.public_id), 303)


@blueprint.get("/oneri/<token>/<public_id>")
@public
def personal_show(token: str, public_id: str) -> Any:
    access = opened(token)
    proposal = own_proposal(access, public_id)
    if proposal.is_draft and proposal.call.is_open:
        return _draft(access, token, proposal, ProposalForm(obj=proposal))
    return render_template(
        "proposals/personal_show.html",
        access=access,
        token=token,
        proposal=proposal,
        events=story(proposal, for_branch=False),
        may_withdraw=permissions.may_be_withdrawn(proposal),
    )


@blueprint.post("/oneri/<token>/<public_id>")
@public
@commit_on_success
def personal_rewrite(token: str, public_id: str) -> Any:
    access = opened(token)
    proposal = own_proposal(access, public_id)
    form = ProposalForm(obj=proposal)
    if save(form, door(access), proposal) is None:
        return _draft(access, token, proposal, form)
    return redirect(url_for(".personal_show", token=token, public_id=public_id), 303)


@blueprint.get("/oneri/<token>/<public_id>/ek")
@public
def personal_attachment(token: str, public_id: str) -> Any:
    return attachments.sent(own_proposal(opened(token), public_id))


def _overview(access: CallAccess, token: str, form: ProposalForm) -> Any:
    page = render_template(
        "proposals/personal.html",
        access=access,
        token=token,
        call=access.call,
        proposals=queries.own([access.organization_id], access.call),
        form=form,
    )
    return page, form.status


def _draft(access: CallAccess, token: str, proposal: Proposal, form: ProposalForm) -> Any:
    page = render_template(
        "proposals/personal_draft.html", access=access, token=token, proposal=proposal, form=form
    )
    return page, form.status
