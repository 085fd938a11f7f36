"""What is to be done for an activity."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import EVERYONE, WRITERS, authorize, own_path, requires
from coordinator.activities.forms import TaskForm, TypedTask
from coordinator.activities.models import JointActivity, TaskStatus
from coordinator.activities.operations import tasks as operations
from coordinator.activities.permissions import can_see, can_tick
from coordinator.activities.views.blueprint import activity_or_404, blueprint, task_or_404
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken


@blueprint.route("/etkinlikler/<public_id>/isler/yeni", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new_task(public_id: str) -> Any:
    """Add a task; an organisation that is given one is written to."""
    activity = activity_or_404(public_id)
    form = TaskForm(activity=activity)
    if form.validate_on_submit():
        try:
            operations.add(
                activity, assignment=form.assignment(), actor=Actor.account(current_user)
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_("The task is saved."), "success")
            return back_to(activity)
    page = render_template("activities/task.html", form=form, activity=activity, task=None)
    return page, form.status


@blueprint.route("/etkinlikler/<public_id>/isler/<task_id>/degistir", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def edit_task(public_id: str, task_id: str) -> Any:
    """Change a task."""
    activity = activity_or_404(public_id)
    task = task_or_404(public_id, task_id)
    form = TaskForm(obj=TypedTask(task))
    if form.validate_on_submit():
        try:
            operations.edit(
                task,
                assignment=form.assignment(),
                status=TaskStatus(form.state.data),
                version=form.opened_version,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, TypedTask(task))
        else:
            flash(_("The task is saved."), "success")
            return back_to(activity)
    page = render_template("activities/task.html", form=form, activity=activity, task=task)
    return page, form.status


@blueprint.post("/etkinlikler/<public_id>/isler/<task_id>/tamam")
@requires(EVERYONE)
@commit_on_success
def tick_task(public_id: str, task_id: str) -> Any:
    """Tick a task off, or take the tick back; the responsible organisation may do so too."""
    task = task_or_404(public_id, task_id)
    authorize(can_see, task.activity)
    authorize(can_tick, task)
    undo = request.form.get("geri") == "1"
    operations.set_status(
        task,
        status=TaskStatus.OPEN if undo else TaskStatus.DONE,
        actor=Actor.account(current_user),
    )
    if undo:
        flash(_("Open again: %(title)s", title=task.title), "success")
    else:
        flash(_("Completed: %(title)s", title=task.title), "success")
    target = own_path(request.form.get("next"))
    return redirect(target, 303) if target else back_to(task.activity)


def back_to(activity: JointActivity) -> Any:
    return redirect(url_for("activities.show", public_id=activity.public_id) + "#isler", 303)
