"""What will happen to each row of a list, what somebody decides about it, and saving it."""

from typing import Any

from flask import redirect, render_template, request
from flask_login import current_user
from werkzeug import Response

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.paging import page_number
from coordinator.registry.forms.imports import DecisionsForm, DropForm, decisions_form
from coordinator.registry.importing import batches, previews, saving, telling
from coordinator.registry.importing.previews import ASKED_AT_ONCE, ASKS, KINDS, SHOWN_AT_ONCE
from coordinator.registry.models import ImportBatch, ImportState
from coordinator.registry.views.importing.steps import (
    blueprint,
    found,
    steps,
    url,
    where_it_stands,
)

SHOWN_FIRST = 5


@blueprint.route("/<public_id>", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def preview(public_id: str) -> Any:
    batch = found(public_id, hold=request.method == "POST")
    if batch.state is not ImportState.READY:
        return where_it_stands(batch)
    shown = _shown(batch)
    form = decisions_form(_asked(shown))
    if form.validate_on_submit():
        try:
            return _decided(batch, shown, form)
        except RuleBroken as error:
            return _preview_again(public_id, error)
    if not form.is_submitted():
        form.show(batch, shown.picture)
    return _preview_page(batch, shown, form), form.status


def _shown(batch: ImportBatch) -> previews.Preview:
    """Return the rows as they are kept; a short list that is sent is looked through anew."""
    if request.method == "POST" and not batches.is_long(batch):
        return previews.Fresh(batch, batches.planned(batch))
    return previews.current(batch)


def _decided(batch: ImportBatch, shown: previews.Preview, form: DecisionsForm) -> Response:
    actor, picture = Actor.account(current_user), form.picture.data or ""
    if "save" in request.form and isinstance(shown, previews.Fresh):
        saving.save(
            batch=batch, shown=shown.plan, picture=picture, decisions=form.decisions, actor=actor
        )
    elif "save" in request.form:
        saving.save_later(batch=batch, picture=picture, decisions=form.decisions, actor=actor)
    else:
        return _kept(batch, shown, form)
    return where_it_stands(batch)


def _kept(batch: ImportBatch, shown: previews.Preview, form: DecisionsForm) -> Response:
    """Keep the decisions of this page and go to another, or look through all rows anew."""
    batches.decide(batch=batch, version=form.opened_version, decisions=form.decisions)
    if isinstance(shown, previews.Fresh):
        previews.store(batch, batches.planned(batch))
    elif "again" in request.form:
        saving.look_through_later(batch)
    else:
        previews.note_decisions(batch, form.rows)
    return redirect(url("preview", batch, page=page_number(request.form.get("keep", ""))), 303)


def _preview_again(public_id: str, error: RuleBroken) -> Any:
    """Show what would happen now, with the decisions that were made and why nothing was saved."""
    form: Any = DropForm()
    form.refuse(error)
    batch = found(public_id)
    if batch.state is not ImportState.READY:
        return where_it_stands(batch)
    shown = _shown(batch)
    form = decisions_form(_asked(shown))
    form.refusal = error.message
    form.show(batch, shown.picture)
    return _preview_page(batch, shown, form), error.status


def _preview_page(batch: ImportBatch, shown: previews.Preview, form: DecisionsForm) -> str:
    asking = shown.counts["kinds"].get(ASKS, 0)
    return render_template(
        "registry/import_preview.html",
        batch=batch,
        counts=shown.counts,
        form=form,
        drop=DropForm(),
        telling=telling,
        page=page_number(request.values.get("page", "")),
        pages=max(1, -(-asking // ASKED_AT_ONCE)),
        quiet=shown.some("quiet", 0, SHOWN_FIRST),
        behind=batches.is_long(batch) and previews.is_behind(batch),
        where=telling.where_read(
            batch.filename, batch.sheet, batch.heading_row, shown.counts["blank"]
        ),
        steps=steps(batch),
    )


def _asked(shown: previews.Preview) -> list[Any]:
    """Return the rows of this page that want somebody's eye."""
    start = (page_number(request.values.get("page", "")) - 1) * ASKED_AT_ONCE
    return shown.some(ASKS, start, ASKED_AT_ONCE)


@blueprint.get("/<public_id>/satirlar")
@requires(WRITERS)
def rows(public_id: str) -> Any:
    batch = found(public_id)
    if batch.state is not ImportState.READY:
        return where_it_stands(batch)
    shown = previews.current(batch)
    kind = request.args.get("sonuc", "")
    kind = kind if kind in KINDS else ""
    total = shown.counts["kinds"].get(kind, 0) if kind else shown.counts["rows"]
    pages = max(1, -(-total // SHOWN_AT_ONCE))
    page = min(page_number(), pages)
    found_rows = shown.some(kind, (page - 1) * SHOWN_AT_ONCE, SHOWN_AT_ONCE)
    return _rows_page(batch, shown, found_rows, kind=kind, page=page, pages=pages)


def _rows_page(
    batch: ImportBatch, shown: previews.Preview, found_rows: list[Any], **where: Any
) -> str:
    last = found_rows[-1].number if found_rows else 0
    following = None if where["kind"] else shown.place_of_next(last)
    return render_template(
        "registry/import_rows.html",
        batch=batch,
        counts=shown.counts,
        telling=telling,
        chips=telling.chips(shown.counts, lambda kind: url("rows", batch, sonuc=kind)),
        current=where["kind"],
        shown=found_rows,
        following=following and (following[0], following[1] // SHOWN_AT_ONCE + 1),
        **where,
    )
