"""One activity: its page, making it, changing it, moving it along."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from coordinator.access import EVERYONE, READERS, WRITERS, authorize, requires
from coordinator.activities import forms
from coordinator.activities.forms import ActivityForm, Typed
from coordinator.activities.models import (
    CANCELLABLE,
    MOVES,
    ActivityStatus,
    JointActivity,
)
from coordinator.activities.operations import activities as operations
from coordinator.activities.permissions import can_change, can_see, can_tick
from coordinator.activities.queries import activities as queries
from coordinator.activities.views import elsewhere
from coordinator.activities.views.blueprint import activity_or_404, blueprint
from coordinator.activities.views.lacks import late_days, responsible
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.days import queries as days
from coordinator.days.models import DayWindow
from coordinator.errors import RuleBroken
from coordinator.forms import EditForm
from coordinator.proposals import queries as proposals
from coordinator.proposals.models import Proposal
from coordinator.registry.queries import represented_ids

MOVE_WORDS = {
    ActivityStatus.IDEA: _l("Take back to idea"),
    ActivityStatus.PLANNED: _l("Mark as planned"),
    ActivityStatus.APPROVAL: _l("Send for approval"),
    ActivityStatus.APPROVED: _l("Mark as approved"),
    ActivityStatus.RUNNING: _l("Mark as under way"),
    ActivityStatus.DONE: _l("Mark as completed"),
}


@blueprint.get("/etkinlikler/<public_id>")
@requires(EVERYONE)
def show(public_id: str) -> Any:
    """What, when, where, who, what is to be done, what came of it."""
    activity = activity_or_404(public_id)
    authorize(can_see, activity)
    may_change = can_change(current_user, activity)
    proposal = activity.proposal
    sees_proposal = proposal is not None and (
        current_user.role in READERS or proposal.organization_id in represented_ids(current_user)
    )
    return render_template(
        "activities/activity.html",
        activity=activity,
        moves=MOVES[activity.status] if may_change else (),
        may_cancel=may_change and activity.status in CANCELLABLE,
        may_change=may_change,
        tickable={task.id for task in activity.tasks if can_tick(current_user, task)},
        responsible=responsible,
        late_days=late_days,
        move_words=MOVE_WORDS,
        proposal=proposal if sees_proposal else None,
        of_branch=current_user.role in READERS,
        elsewhere=elsewhere,
    )


@blueprint.route("/etkinlikler/yeni", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new() -> Any:
    """Add an activity to a window, or make one of an accepted proposal in one step."""
    proposal = proposal_of_address()
    made = queries.of_proposal(proposal.id) if proposal else None
    if made is not None and request.method == "GET":
        return redirect(url_for("activities.show", public_id=made.public_id))
    window = proposal.call.window if proposal else window_of_address()
    form = forms.of_proposal(proposal) if proposal else ActivityForm()
    if form.validate_on_submit():
        try:
            activity = operations.create(
                window=window,
                facts=form.facts(),
                proposal=proposal,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return made_anew(activity)
    return show_form(form, window, proposal=proposal)


@blueprint.route("/etkinlikler/<public_id>/degistir", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def edit(public_id: str) -> Any:
    """Change an activity."""
    activity = activity_or_404(public_id)
    form = ActivityForm(obj=Typed(activity))
    if form.validate_on_submit():
        try:
            operations.edit(
                activity,
                facts=form.facts(),
                version=form.opened_version,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, Typed(activity))
        else:
            flash(_("The activity is saved."), "success")
            return redirect(url_for("activities.show", public_id=public_id), 303)
    return show_form(form, activity.window, activity=activity)


@blueprint.post("/etkinlikler/<public_id>/durum")
@requires(WRITERS)
@commit_on_success
def move(public_id: str) -> Any:
    """Move an activity along."""
    activity = activity_or_404(public_id)
    target = next((one for one in ActivityStatus if one.value == request.form.get("to")), None)
    if target is None:
        raise operations.MoveNotPossible
    operations.move(
        activity,
        to=target,
        version=EditForm().opened_version,
        actor=Actor.account(current_user),
    )
    flash(_("State of the activity: %(state)s", state=target.word), "success")
    return redirect(url_for("activities.show", public_id=public_id), 303)


@blueprint.route("/etkinlikler/<public_id>/iptal", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def cancel(public_id: str) -> Any:
    """Say what cancelling does, and cancel."""
    activity = activity_or_404(public_id)
    form = EditForm(obj=activity)
    if form.validate_on_submit():
        try:
            operations.cancel(
                activity, version=form.opened_version, actor=Actor.account(current_user)
            )
        except RuleBroken as error:
            form.refuse(error, activity)
        else:
            flash(_("The activity is cancelled."), "success")
            return redirect(url_for("activities.show", public_id=public_id), 303)
    page = render_template("activities/cancel.html", form=form, activity=activity)
    return page, form.status


def proposal_of_address() -> Proposal | None:
    """Return the proposal that the address names; one that is not there is a wrong address."""
    public_id = request.args.get("oneri", "")
    if not public_id:
        return None
    found = proposals.get(public_id) if queries.addresses_something(public_id) else None
    if found is None:
        abort(404)
    return found


def window_of_address() -> DayWindow:
    """Return the window that the address names, else that of the next day."""
    public_id = request.args.get("pencere", "")
    if not public_id:
        return days.next_window() or abort(404)
    found = days.window_by_id(public_id) if queries.addresses_something(public_id) else None
    return found or abort(404)


def made_anew(activity: JointActivity) -> Any:
    """Lead to the page of an activity that was just made."""
    flash(_("“%(title)s” is in the programme of the window.", title=activity.title), "success")
    return redirect(url_for("activities.show", public_id=activity.public_id), 303)


def show_form(
    form: ActivityForm,
    window: DayWindow,
    *,
    activity: JointActivity | None = None,
    proposal: Proposal | None = None,
) -> Any:
    """Render the form of an activity, new or stored."""
    page = render_template(
        "activities/edit.html",
        form=form,
        window=window,
        activity=activity,
        proposal=proposal,
        elsewhere=elsewhere,
    )
    return page, form.status
