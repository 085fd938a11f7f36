"""The pages of an import: file, columns, what will happen, done. And the list as a file."""

import io
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug import Response

from coordinator.access import READERS, WRITERS, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.registry import exports, listing
from coordinator.registry.import_forms import (
    DecisionsForm,
    DropForm,
    UploadForm,
    columns_form,
    decisions_form,
)
from coordinator.registry.importing import batches, files, telling
from coordinator.registry.importing.batches import NoLongerOpen
from coordinator.registry.importing.permissions import may_go_on
from coordinator.registry.importing.plan import Plan
from coordinator.registry.models import ImportBatch, ImportState

blueprint = Blueprint(
    "registry_import", __name__, url_prefix="/kuruluslar/ice-aktar", template_folder="templates"
)
ENDPOINTS = tuple(
    f"registry_import.{name}"
    for name in ("upload", "choose_columns", "preview", "rows", "done", "drop")
)
ASKED_AT_ONCE = 50
SHOWN_AT_ONCE = 100
SHOWN_FIRST = 5


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
            return redirect(_url("choose_columns", batch), 303)
    return render_template("registry/import_file.html", form=form, steps=_steps()), form.status


@blueprint.route("/<public_id>/sutunlar", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def choose_columns(public_id: str) -> Any:
    batch = _batch(public_id)
    if batch.state is not ImportState.READ:
        return redirect(_url("done", batch))
    form = columns_form(batch)
    if form.validate_on_submit():
        try:
            again = _laid_out(batch, form)
        except RuleBroken as error:
            form.refuse(error)
            return _columns_page(batch, form), error.status
        return redirect(_url("choose_columns" if again else "preview", batch), 303)
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
    return moved


def _columns_page(batch: ImportBatch, form: Any) -> str:
    form.version.data = str(batch.version)
    layout = batches.layout_of(batch)
    return render_template(
        "registry/import_columns.html",
        form=form,
        batch=batch,
        layout=layout,
        drop=DropForm(),
        steps=_steps(batch),
    )


@blueprint.route("/<public_id>", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def preview(public_id: str) -> Any:
    batch = _batch(public_id, hold=request.method == "POST")
    if batch.state is not ImportState.READ:
        return redirect(_url("done", batch), 303)
    if not batches.layout_of(batch).has_name:
        return redirect(_url("choose_columns", batch), 303)
    plan = batches.planned(batch)
    form = decisions_form(_asked(plan))
    if form.validate_on_submit():
        try:
            return _decided(batch, plan, form)
        except RuleBroken as error:
            return _preview_again(public_id, error)
    if not form.is_submitted():
        form.show(batch, plan)
    return _preview_page(batch, plan, form), form.status


def _decided(batch: ImportBatch, plan: Plan, form: DecisionsForm) -> Response:
    if "keep" in request.form:
        batches.decide(batch=batch, version=form.opened_version, decisions=form.decisions)
        return redirect(_url("preview", batch, page=_number(request.form["keep"])), 303)
    batches.save(
        batch=batch,
        shown=plan,
        picture=form.picture.data or "",
        decisions=form.decisions,
        actor=Actor.account(current_user),
    )
    return redirect(_url("done", batch), 303)


def _preview_again(public_id: str, error: RuleBroken) -> Any:
    """Show what would happen now, with the decisions that were made and why nothing was saved."""
    form: Any = DropForm()
    form.refuse(error)
    batch = _batch(public_id)
    if isinstance(error, NoLongerOpen):
        return redirect(_url("done", batch), 303)
    plan = batches.planned(batch)
    form = decisions_form(_asked(plan))
    form.refusal = error.message
    form.show(batch, plan)
    return _preview_page(batch, plan, form), error.status


def _preview_page(batch: ImportBatch, plan: Plan, form: DecisionsForm) -> str:
    wanting = [row for row in plan.rows if row.wants_attention]
    rest = [row for row in plan.rows if not row.wants_attention]
    layout = batches.layout_of(batch)
    return render_template(
        "registry/import_preview.html",
        batch=batch,
        plan=plan,
        form=form,
        drop=DropForm(),
        telling=telling,
        wanting=len(wanting),
        page=_number(request.values.get("page")),
        pages=max(1, -(-len(wanting) // ASKED_AT_ONCE)),
        rest=rest,
        first=SHOWN_FIRST,
        most=SHOWN_AT_ONCE,
        where=telling.where_read(
            batch.filename, batch.sheet, layout.heading_row, batches.blank_rows(batch)
        ),
        steps=_steps(batch),
    )


def _asked(plan: Plan) -> list[Any]:
    """Return the rows of this page that want somebody's eye."""
    wanting = [row for row in plan.rows if row.wants_attention]
    start = (_number(request.values.get("page")) - 1) * ASKED_AT_ONCE
    return wanting[start : start + ASKED_AT_ONCE]


@blueprint.get("/<public_id>/satirlar")
@requires(WRITERS)
def rows(public_id: str) -> Any:
    batch = _batch(public_id)
    if batch.state is not ImportState.READ or not batches.layout_of(batch).has_name:
        return redirect(_url("preview", batch))
    plan = batches.planned(batch)
    page = _number(request.args.get("page"))
    pages = max(1, -(-len(plan.rows) // SHOWN_AT_ONCE))
    start = (min(page, pages) - 1) * SHOWN_AT_ONCE
    return render_template(
        "registry/import_rows.html",
        batch=batch,
        plan=plan,
        telling=telling,
        shown=plan.rows[start : start + SHOWN_AT_ONCE],
        page=min(page, pages),
        pages=pages,
    )


@blueprint.get("/<public_id>/bitti")
@requires(WRITERS)
def done(public_id: str) -> Any:
    batch = _batch(public_id)
    if batch.state is ImportState.READ:
        return redirect(_url("preview", batch))
    if batch.state is ImportState.DROPPED:
        return redirect(url_for("registry_import.upload"))
    return render_template(
        "registry/import_done.html", batch=batch, telling=telling, steps=_steps(batch)
    )


@blueprint.post("/<public_id>/vazgec")
@requires(WRITERS)
@commit_on_success
def drop(public_id: str) -> Any:
    batch = _batch(public_id)
    form = DropForm()
    if not form.validate_on_submit():
        abort(400)
    batches.drop(batch=batch, actor=Actor.account(current_user))
    flash(_("The list was dropped. Nothing was saved."), "success")
    return redirect(url_for("registry_import.upload"), 303)


def _batch(public_id: str, *, hold: bool = False) -> ImportBatch:
    batch = batches.find(public_id)
    authorize(may_go_on, batch)
    assert batch is not None
    if hold:
        batches.hold(batch)
    return batch


def _url(view: str, batch: ImportBatch, **values: Any) -> str:
    return url_for(f"registry_import.{view}", public_id=batch.public_id, **values)


def _number(text: str | None) -> int:
    fits = text and text.isascii() and text.isdigit() and len(text) < 7
    return max(1, int(text)) if text and fits else 1


def _steps(batch: ImportBatch | None = None) -> list[tuple[str, str | None]]:
    """Return the steps of the wizard with the addresses that can be gone back to."""
    is_open = batch is not None and batch.state is ImportState.READ
    views = [_url(name, batch) if batch and is_open else None
             for name in ("choose_columns", "preview")]  # fmt: skip
    return [
        (_("File"), url_for("registry_import.upload") if batch else None),
        (_("Columns"), views[0]),
        (_("What will happen"), views[1]),
        (_("Done"), None),
    ]


exporting = Blueprint("registry_export", __name__, url_prefix="/kuruluslar/disa-aktar")


@exporting.get("")
@requires(READERS)
def download() -> Any:
    """Give the organisations that the list's filters leave, as a file."""
    kind = request.args.get("bicim", "xlsx")
    if kind not in exports.FORMATS:
        abort(404)
    try:
        content = exports.as_file(kind, listing.found(listing.Filters.read(request.args)))
    except exports.TooLongForExcel as error:
        flash(str(error), "error")
        return redirect(url_for("registry.organizations"))
    current_app.logger.info("account %s took the register out as %s", current_user.id, kind)
    return send_file(
        io.BytesIO(content),
        mimetype=exports.FORMATS[kind],
        as_attachment=True,
        download_name=exports.filename(kind),
    )
