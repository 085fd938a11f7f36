"""What came of an activity."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.activities.forms import OutcomeForm
from coordinator.activities.operations import activities as operations
from coordinator.activities.views.blueprint import activity_or_404, blueprint
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken


@blueprint.route("/etkinlikler/<public_id>/sonuc", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def outcome(public_id: str) -> Any:
    """Write down how many people an activity reached and what remains."""
    activity = activity_or_404(public_id)
    form = OutcomeForm(obj=activity)
    if form.validate_on_submit():
        try:
            operations.record_outcome(
                activity,
                outcome=form.outcome(),
                version=form.opened_version,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, activity)
        else:
            flash(_("The outcome is saved."), "success")
            return redirect(url_for("activities.show", public_id=public_id), 303)
    page = render_template("activities/outcome.html", form=form, activity=activity)
    return page, form.status
