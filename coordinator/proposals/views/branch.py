"""What the branch sees and decides."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import EVERYONE, READERS, WRITERS, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.paging import page_number
from coordinator.proposals import next_steps, operations, permissions, queries
from coordinator.proposals.blueprint import blueprint
from coordinator.proposals.forms import DecisionForm
from coordinator.proposals.models import TAKEN_UP, Proposal, ProposalStatus
from coordinator.proposals.queries import Wanted
from coordinator.proposals.views import own, totals
from coordinator.proposals.views.filters import chips, narrowed, options
from coordinator.proposals.views.story import story


@blueprint.get("/oneriler")
@requires(EVERYONE)
def index() -> Any:
    if current_user.role not in READERS:
        return own.overview()
    wanted = _wanted()
    listed, counts = queries.listed(wanted, page_number())
    calls, organizations = queries.calls(), queries.organizations_with_proposals()
    return render_template(
        "proposals/index.html",
        wanted=wanted,
        listed=listed,
        total=sum(counts.by_status.values()),
        parts=totals.parts(counts, **narrowed(wanted, status="")),
        sentence=totals.sentence(counts),
        options=options(calls, organizations),
        chips=chips(wanted, calls, organizations),
    )


def _wanted() -> Wanted:
    status = request.args.get("durum", "")
    call, organization = (request.args.get(name, "") for name in ("cagri", "kurulus"))
    return Wanted(
        call=call if queries.is_address(call) else "",
        organization=organization if queries.is_address(organization) else "",
        status=status if status in list(ProposalStatus) else "",
        search=request.args.get("ara", "")[:200],
    )


@blueprint.get("/oneriler/<public_id>")
@requires(EVERYONE)
def show(public_id: str) -> Any:
    proposal = queries.get(public_id)
    authorize(permissions.can_read, proposal)
    assert proposal is not None
    if current_user.role not in READERS:
        return own.page(proposal)
    return _page(proposal, DecisionForm(obj=proposal))


@blueprint.post("/oneriler/<public_id>/karar")
@requires(WRITERS)
@commit_on_success
def decide(public_id: str) -> Any:
    proposal = queries.get(public_id)
    authorize(permissions.can_decide, proposal)
    assert proposal is not None
    form = DecisionForm()
    if not form.validate_on_submit():
        return _page(proposal, form)
    try:
        operations.decide(
            proposal,
            accept=form.accepts,
            reason=form.reason.data,
            version=form.opened_version or 0,
            actor=Actor.account(current_user),
        )
    except RuleBroken as error:
        return _refused(proposal, form, error)
    flash(_decided(proposal), "success")
    return redirect(url_for(".show", public_id=public_id), 303)


@blueprint.post("/oneriler/<public_id>/degerlendirme")
@requires(WRITERS)
@commit_on_success
def take_up(public_id: str) -> Any:
    proposal = queries.get(public_id)
    authorize(permissions.can_decide, proposal)
    assert proposal is not None
    form = DecisionForm()
    try:
        operations.take_up(proposal, version=form.opened_version, actor=Actor.account(current_user))
    except RuleBroken as error:
        return _refused(proposal, form, error)
    flash(_("The organisation sees that you are looking at it."), "success")
    return redirect(url_for(".show", public_id=public_id), 303)


def _refused(proposal: Proposal, form: DecisionForm, error: RuleBroken) -> Any:
    form.refuse(error)
    form.begin_again(proposal.version)
    return _page(proposal, form)


def _page(proposal: Proposal, form: DecisionForm) -> Any:
    page = render_template(
        "proposals/show.html",
        proposal=proposal,
        form=form,
        events=story(proposal, for_branch=True),
        steps=[one for one in next_steps.of(proposal) if not one.done]
        if proposal.status in TAKEN_UP
        else [],
        may_decide=permissions.can_decide(current_user, proposal)
        and permissions.awaits_decision(proposal),
    )
    return page, form.status


def _decided(proposal: Proposal) -> str:
    said = _("You declined the proposal.")
    if proposal.status is ProposalStatus.ACCEPTED:
        said = _("You accepted the proposal.")
    more = _("The reason goes to the organisation by e-mail.")
    return f"{said}\n{more}"
