"""Faulty rows of a list: put right one by one in the page, or taken away as a file."""

import io
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug import Response

from coordinator.access import WRITERS, requires
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.registry.forms.corrections import CorrectionForm, correction_form
from coordinator.registry.importing import correcting, faulty_rows
from coordinator.registry.importing.correcting import Corrections
from coordinator.registry.models import ImportBatch, ImportState
from coordinator.registry.views.importing.steps import blueprint, found, where_it_stands

ENDPOINTS = ("registry_import.correct_row",)


@blueprint.route("/<public_id>/satir/<int:number>", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def correct_row(public_id: str, number: int) -> Any:
    batch = _open_batch(public_id)
    corrections = Corrections(batch)
    row = corrections.find(number)
    if row is None:
        abort(404)
    form = correction_form(row)
    if form.validate_on_submit():
        again = corrections.find(number, form.typed)
        assert again is not None
        if not form.show_faults(again, only=set(form.typed)):
            return _kept(batch, form)
        return _row_page(batch, form), 422
    if not form.is_submitted():
        form.version.data = str(batch.version)
        form.show_faults(row)
        return _row_page(batch, form)
    return _row_page(batch, form), form.status


def _kept(batch: ImportBatch, form: CorrectionForm) -> Any:
    number = form.row.number
    try:
        correcting.correct(
            batch=batch, version=form.opened_version, number=number, typed=form.typed
        )
    except RuleBroken as error:
        form.refuse(error)
        form.version.data = ""
        return _row_page(_open_batch(batch.public_id), form), error.status
    if "next" in request.form:
        return _to_next(batch, number)
    return redirect(_preview(batch), 303)


def _row_page(batch: ImportBatch, form: CorrectionForm) -> str:
    form.version.data = form.version.data or str(batch.version)
    return render_template("registry/import_row.html", batch=batch, form=form, row=form.row)


@blueprint.get("/<public_id>/siradaki")
@requires(WRITERS)
def next_faulty_row(public_id: str) -> Any:
    """Lead to the faulty row below the one that is named, or to the first."""
    return _to_next(_open_batch(public_id), _number(request.args.get("satir")))


def _to_next(batch: ImportBatch, after: int) -> Response:
    number = Corrections(batch).next_faulty(after)
    if number is None:
        flash(_("No other row of the list has a fault."), "success")
        return redirect(_preview(batch), 303)
    url = url_for("registry_import.correct_row", public_id=batch.public_id, number=number)
    return redirect(url, 303)


@blueprint.get("/<public_id>/hatali-satirlar")
@requires(WRITERS)
def faulty_rows_file(public_id: str) -> Any:
    """Give the faulty rows as a file to correct."""
    batch = _open_batch(public_id)
    kind = request.args.get("bicim", "xlsx")
    if kind not in faulty_rows.FORMATS:
        abort(404)
    try:
        content = faulty_rows.as_file(kind, Corrections(batch))
    except faulty_rows.TooLongForExcel as error:
        flash(str(error.message), "error")
        return redirect(_preview(batch))
    return send_file(
        io.BytesIO(content),
        mimetype=faulty_rows.FORMATS[kind],
        as_attachment=True,
        download_name=faulty_rows.filename(kind, batch.filename),
    )


def _open_batch(public_id: str) -> ImportBatch:
    """Return a list that may still be changed; the others lead to where they stand."""
    batch = found(public_id)
    if batch.state is not ImportState.READY:
        abort(where_it_stands(batch))
    return batch


def _preview(batch: ImportBatch) -> str:
    return url_for("registry_import.preview", public_id=batch.public_id)


def _number(text: str | None) -> int:
    fits = text and text.isascii() and text.isdigit() and len(text) < 9
    return int(text) if text and fits else 0
