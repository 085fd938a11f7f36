"""Taking an import back: first what that would do, then the deed."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.forms import AppForm
from coordinator.registry.importing import telling
from coordinator.registry.importing.undo import undoing
from coordinator.registry.models import ImportBatch, ImportState
from coordinator.registry.views.importing.steps import found as batch_at
from coordinator.registry.views.importing.steps import where_it_stands

blueprint = Blueprint(
    "registry_import_undo", __name__, url_prefix="/kuruluslar/ice-aktar",
    template_folder="templates",
)  # fmt: skip
ENDPOINTS = ("registry_import_undo.confirm",)
SHOWN = 100


class UndoForm(AppForm):
    """A button."""


@blueprint.route("/<public_id>/geri-al", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def confirm(public_id: str) -> Any:
    batch = batch_at(public_id)
    if batch.state not in (ImportState.APPLIED, ImportState.UNDONE):
        return where_it_stands(batch)
    form = UndoForm()
    if batch.state is ImportState.APPLIED and form.validate_on_submit():
        try:
            _undo(batch)
        except RuleBroken as error:
            form.refuse(error)
            return _page(batch_at(public_id), form), error.status
        return redirect(url_for("registry_import_undo.confirm", public_id=public_id), 303)
    return _page(batch, form), form.status


def _undo(batch: ImportBatch) -> None:
    """Take a short list back now; leave a long one to a worker."""
    actor = Actor.account(current_user)
    if undoing.is_long(batch):
        undoing.undo_later(batch=batch, actor=actor)
    else:
        undoing.undo(batch=batch, actor=actor)


def _page(batch: ImportBatch, form: UndoForm) -> str:
    found = undoing.prospect(batch) if batch.state is ImportState.APPLIED else None
    if found:
        undoing.say(found.going_back[:SHOWN])
    return render_template(
        "registry/import_undo.html",
        batch=batch,
        form=form,
        found=found,
        telling=telling,
        most=SHOWN,
    )
