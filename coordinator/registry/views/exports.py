"""The page from which the register is taken out: as a table, or as labels for envelopes."""

import io
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request, send_file
from flask_babel import ngettext
from flask_login import current_user
from werkzeug import Response

from coordinator import printing
from coordinator.access import READERS, requires
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.database import commit_on_success, reading
from coordinator.errors import RuleBroken
from coordinator.i18n import number
from coordinator.institution import queries as institution
from coordinator.registry import exports, listing
from coordinator.registry.forms.exports import LABELS, ExportForm
from coordinator.registry.listing.words import described
from coordinator.registry.models import Organization

blueprint = Blueprint(
    "registry_export", __name__, url_prefix="/kuruluslar/disa-aktar", template_folder="templates"
)


@blueprint.route("", methods=["GET", "POST"])
@requires(READERS)
@commit_on_success
def download() -> Any:
    """Let the reader choose what the file holds; the address names the organisations."""
    filters = listing.Filters.read(request.args)
    form = ExportForm()
    if form.validate_on_submit():
        try:
            return _file(form, filters)
        except RuleBroken as error:
            form.refuse(error)
    total = exports.counted(listing.found(filters))
    return render_template(
        "registry/export.html",
        form=form,
        filters=filters,
        said=described(filters),
        sentence=ngettext(
            "%(shown)s organisation", "%(shown)s organisations", total, shown=number(total)
        ),
        total=total,
        labels=LABELS,
    ), form.status


def _file(form: ExportForm, filters: listing.Filters) -> Response:
    """Return the file that was asked for, and note that it was taken out."""
    with reading():
        content, mime, name = _made(form, listing.found(filters))
    audit.record(
        "registry.exported",
        institution.current(),
        Actor.account(current_user),
        kind=form.bicim.data,
        filters=described(filters),
    )
    return send_file(io.BytesIO(content), mimetype=mime, as_attachment=True, download_name=name)


def _made(form: ExportForm, organizations: sa.Select[Organization]) -> tuple[bytes, str, str]:
    """Return the file's content, kind and name."""
    kind = form.bicim.data
    if kind == LABELS:
        made = exports.labels(organizations, form.kagit.data, form.ilk.data or 1)
        return made.pdf, printing.MIME, exports.filename("pdf", "etiketler")
    content = exports.as_file(kind, organizations, form.columns)
    return content, exports.FORMATS[kind], exports.filename(kind)
