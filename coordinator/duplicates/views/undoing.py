"""What was merged, and taking it back."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.duplicates import operations, queries
from coordinator.duplicates.blueprint import blueprint
from coordinator.duplicates.models import Merge
from coordinator.duplicates.views.paging import SIZE, asked_page
from coordinator.errors import RuleBroken
from coordinator.paging import Paged
from coordinator.registry.forms import PressForm


@blueprint.get("/birlestirmeler")
@requires(READERS)
def merges() -> Any:
    number = asked_page()
    found, total = queries.merges_page(number, SIZE)
    return render_template("duplicates/merges.html", merges=found, page=Paged(number, total))


@blueprint.route("/birlestirmeler/<public_id>", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def undo(public_id: str) -> Any:
    merge = _merge(public_id)
    form = PressForm()
    if form.validate_on_submit():
        try:
            operations.unmerge(merge=merge, actor=Actor.account(current_user))
        except RuleBroken as error:
            form.refuse(error)
        else:
            names = {"kept": merge.kept.name, "other": merge.other.name}
            flash(_("%(kept)s and %(other)s are two records again.", **names), "success")
            return redirect(url_for("registry.organization", public_id=merge.other.public_id))
    later = None if merge.undone_at else queries.later_merge(merge)
    return render_template("duplicates/undo.html", merge=merge, form=form, later=later), form.status


def _merge(public_id: str) -> Merge:
    found = queries.merge_of(public_id)
    if found is None:
        abort(404)
    return found
