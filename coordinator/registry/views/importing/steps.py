"""What all pages of an import share: their addresses, their steps, and whose list it is."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from coordinator.access import authorize
from coordinator.registry.importing import batches, saving
from coordinator.registry.importing.permissions import may_go_on
from coordinator.registry.models import AT_WORK, OPEN, ImportBatch, ImportState

blueprint = Blueprint(
    "registry_import", __name__, url_prefix="/kuruluslar/ice-aktar", template_folder="templates"
)


def found(public_id: str, *, hold: bool = False) -> ImportBatch:
    """Return the list at an address, if the reader may go on with it."""
    batch = batches.find(public_id)
    authorize(may_go_on, batch)
    assert batch is not None
    if hold:
        saving.hold(batch)
    return batch


def url(view: str, batch: ImportBatch, **values: Any) -> str:
    return url_for(f"registry_import.{view}", public_id=batch.public_id, **values)


def where_it_stands(batch: ImportBatch) -> Response:
    """Lead to the page on which the list is gone on with."""
    if batch.state in AT_WORK or batch.state is ImportState.FAILED:
        return redirect(url("progress", batch), 303)
    if batch.state is ImportState.APPLIED and batch.trouble:
        confirm = url_for("registry_import_undo.confirm", public_id=batch.public_id)
        return redirect(confirm, 303)
    view = {ImportState.READ: "choose_columns", ImportState.READY: "preview"}
    return redirect(url(view.get(batch.state, "done"), batch), 303)


def steps(batch: ImportBatch | None = None) -> list[tuple[str, str | None]]:
    """Return the steps of the wizard with the addresses that can be gone back to."""
    is_open = batch is not None and batch.state in OPEN
    seen = batch is not None and batch.state is ImportState.READY
    return [
        (_("File"), url_for("registry_import.upload") if batch else None),
        (_("Columns"), url("choose_columns", batch) if batch and is_open else None),
        (_("What will happen"), url("preview", batch) if batch and seen else None),
        (_("Done"), None),
    ]
