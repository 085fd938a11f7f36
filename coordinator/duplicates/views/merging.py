"""Merging two records, field by field."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.duplicates import operations, queries
from coordinator.duplicates.blueprint import blueprint
from coordinator.duplicates.forms import MergeForm, merge_form
from coordinator.duplicates.sides import clashes, sides
from coordinator.duplicates.views.loading import editable
from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.i18n import language
from coordinator.registry.models import Organization


@blueprint.route("/<public_id>/birlestir/<other_id>", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def merge(public_id: str, other_id: str) -> Any:
    kept, other = editable(public_id), editable(other_id)
    if kept is other:
        abort(404)
    form = merge_form(kept, other, language())
    if form.validate_on_submit():
        try:
            operations.merge(
                kept=kept,
                other=other,
                choices=form.choices,
                versions=form.versions,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form = _refused(form, error, kept, other)
        else:
            flash(_("%(other)s is merged into %(kept)s.", other=other.name, kept=kept.name),
                  "success")  # fmt: skip
            return redirect(url_for("registry.organization", public_id=kept.public_id))
    return _page(form, kept, other), form.status


def _refused(
    form: MergeForm, error: RuleBroken, kept: Organization, other: Organization
) -> MergeForm:
    """Show the values anew where somebody saved meanwhile; what was chosen stays."""
    form.refuse(error)
    if not isinstance(error, SavedMeanwhile):
        return form
    anew = merge_form(kept, other, language())
    anew.kept_version.data, anew.other_version.data = str(kept.version), str(other.version)
    anew.refusal = _("Somebody changed one of the two records meanwhile. Look at the values again.")
    return anew


def _page(form: MergeForm, kept: Organization, other: Organization) -> str:
    known = sides([kept.id, other.id])
    return render_template(
        "duplicates/merge.html",
        form=form,
        kept=known[kept.id],
        other=known[other.id],
        clashes=clashes(kept, other),
        suspect=queries.suspect(kept.id, other.id),
    )
