"""The pages around an import: the file, its columns, how far it is, done."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.registry.forms.imports import DropForm, UploadForm, columns_form
from coordinator.registry.importing import batches, memory, previews, recent, saving, telling
from coordinator.registry.importing.reading import files
from coordinator.registry.importing.reading.workbook_process import MOST_COLUMNS, MOST_ROWS
from coordinator.registry.models import AT_WORK, OPEN, ImportBatch, ImportState
from coordinator.registry.views.importing.steps import (
    blueprint,
    found,
    steps,
    url,
    where_it_stands,
)

ENDPOINTS = tuple(
    f"registry_import.{name}"
    for name in (
        "upload", "choose_columns", "preview", "rows", "progress", "again", "done", "drop",
    )
)  # fmt: skip


@blueprint.route("", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def upload() -> Any:
    form = UploadForm()
    if form.validate_on_submit():
        try:
            batch = batches.start(
                filename=form.file.data.filename or "",
                content=form.file.data.read(files.MOST_BYTES + 1),
                actor=Actor.account(current_user),
            )
        except files.Unreadable as error:
            form.file.errors = [error.message]
        else:
            return redirect(url("choose_columns", batch), 303)
    page = render_template(
        "registry/import_file.html",
        form=form,
        imports=recent.recent(current_user),
        most=(MOST_ROWS, MOST_COLUMNS),
        telling=telling,
        steps=steps(),
    )
    return page, form.status


@blueprint.route("/<public_id>/sutunlar", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def choose_columns(public_id: str) -> Any:
    batch = found(public_id)
    if batch.state not in OPEN:
        return where_it_stands(batch)
    form = columns_form(batch)
    if form.validate_on_submit():
        try:
            again = _laid_out(batch, form)
        except RuleBroken as error:
            form.refuse(error)
            return _columns_page(batch, form), error.status
        return redirect(url("choose_columns" if again else "preview", batch), 303)
    return _columns_page(batch, form), form.status


def _laid_out(batch: ImportBatch, form: Any) -> bool:
    """Do what the form says; return whether the columns have to be looked at again."""
    sheet = form.sheet.data if form.sheet else batch.sheet
    heading_row = int(form.heading_row.data)
    moved = sheet != batch.sheet or heading_row != batch.heading_row
    if moved:
        row = heading_row if sheet == batch.sheet else None
        batches.choose_sheet(batch=batch, version=form.opened_version, sheet=sheet, heading_row=row)
    else:
        batches.choose_columns(batch=batch, version=form.opened_version, wanted=form.wanted)
        _look_through(batch)
    return moved


def _look_through(batch: ImportBatch) -> None:
    if batches.is_long(batch):
        saving.look_through_later(batch)
    else:
        previews.store(batch, batches.planned(batch))


def _columns_page(batch: ImportBatch, form: Any) -> str:
    form.version.data = str(batch.version)
    layout = batches.layout_of(batch)
    return render_template(
        "registry/import_columns.html",
        form=form,
        batch=batch,
        layout=layout,
        remembered=memory.remembered(layout),
        drop=DropForm(),
        steps=steps(batch),
    )


@blueprint.get("/<public_id>/ilerleme")
@requires(WRITERS)
def progress(public_id: str) -> Any:
    batch = found(public_id)
    if batch.state not in AT_WORK and batch.state is not ImportState.FAILED:
        return where_it_stands(batch)
    at = 4 if batch.state is ImportState.SAVING else 3
    return render_template(
        "registry/import_progress.html",
        batch=batch,
        drop=DropForm(),
        telling=telling,
        steps=steps(batch),
        at=at,
    )


@blueprint.post("/<public_id>/yeniden")
@requires(WRITERS)
@commit_on_success
def again(public_id: str) -> Any:
    batch = found(public_id, hold=True)
    if not DropForm().validate_on_submit():
        abort(400)
    if batch.state in (ImportState.READY, ImportState.FAILED):
        _look_through(batch)
    return redirect(url("preview", batch), 303)


@blueprint.get("/<public_id>/bitti")
@requires(WRITERS)
def done(public_id: str) -> Any:
    batch = found(public_id)
    if batch.state in (*OPEN, *AT_WORK):
        return where_it_stands(batch)
    if batch.state is ImportState.DROPPED:
        return redirect(url_for("registry_import.upload"))
    if batch.state is ImportState.UNDONE:
        return redirect(url_for("registry_import_undo.confirm", public_id=public_id))
    return render_template(
        "registry/import_done.html", batch=batch, telling=telling, steps=steps(batch)
    )


@blueprint.post("/<public_id>/vazgec")
@requires(WRITERS)
@commit_on_success
def drop(public_id: str) -> Any:
    batch = found(public_id, hold=True)
    if not DropForm().validate_on_submit():
        abort(400)
    batches.drop(batch=batch, actor=Actor.account(current_user))
    if batch.state is ImportState.DROPPED:
        flash(_("The list was dropped. Nothing was saved."), "success")
    return redirect(url_for("registry_import.upload"), 303)
