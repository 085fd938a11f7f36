"""The pages of an organisation's history: the timeline, and what staff write into it."""

import io
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator import printing, turkish
from coordinator.access import READERS, WRITERS, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.forms import EditForm
from coordinator.history import exports, operations, permissions, queries
from coordinator.history.forms import EncounterForm
from coordinator.history.models import Encounter
from coordinator.registry import queries as registry
from coordinator.registry.models import Organization

blueprint = Blueprint(
    "history", __name__, url_prefix="/kuruluslar/<public_id>/gecmis", template_folder="templates"
)


@blueprint.get("")
@requires(READERS)
def timeline(public_id: str) -> Any:
    organization = registry.organization(public_id)
    authorize(permissions.can_read, organization)
    assert organization is not None
    kinds = [(one.name, one.label) for one in queries.told()]
    kind = request.args.get("tur", "")
    kind = kind if kind in dict(kinds) else ""
    page = _page_number()
    return render_template(
        "history/timeline.html",
        organization=organization,
        timeline=queries.timeline(organization, kind, page),
        remarks=queries.remarks(organization),
        kinds=kinds,
        kind=kind,
        page=page,
        may_write=permissions.can_write(current_user, organization),
    )


@blueprint.get("/profil.pdf")
@requires(READERS)
def profile(public_id: str) -> Any:
    """Give the organisation on one page of paper."""
    organization = registry.organization(public_id)
    authorize(permissions.can_read, organization)
    assert organization is not None
    return send_file(
        io.BytesIO(exports.profile(organization)),
        mimetype=printing.MIME,
        as_attachment=True,
        download_name=f"{turkish.slug(organization.name)[:60] or 'kurulus'}.pdf",
    )


@blueprint.route("/yeni", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new(public_id: str) -> Any:
    organization = registry.organization(public_id)
    authorize(permissions.can_write, organization)
    assert organization is not None
    form = EncounterForm(organization=organization)
    if form.validate_on_submit():
        try:
            operations.write_down(
                organization=organization, actor=Actor.account(current_user), **form.values()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_("Written down."), "success")
            return _back(organization)
    return render_template(
        "history/encounter.html", form=form, organization=organization, encounter=None
    ), form.status


@blueprint.route("/kayit/<encounter_id>", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def edit(public_id: str, encounter_id: str) -> Any:
    organization, encounter = _loaded(public_id, encounter_id)
    form = EncounterForm(obj=encounter, organization=organization)
    if form.validate_on_submit():
        try:
            operations.correct(
                encounter=encounter,
                version=form.opened_version,
                actor=Actor.account(current_user),
                **form.values(),
            )
        except RuleBroken as error:
            form.refuse(error, encounter)
        else:
            flash(_("Saved."), "success")
            return _back(organization)
    return render_template(
        "history/encounter.html", form=form, organization=organization, encounter=encounter
    ), form.status


@blueprint.route("/kayit/<encounter_id>/sil", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def delete(public_id: str, encounter_id: str) -> Any:
    organization, encounter = _loaded(public_id, encounter_id)
    form = EditForm(obj=encounter)
    if form.validate_on_submit():
        try:
            operations.delete(
                encounter=encounter,
                version=form.opened_version,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, encounter)
        else:
            flash(_("Deleted."), "success")
            return _back(organization)
    return render_template(
        "history/encounter_delete.html", form=form, organization=organization, encounter=encounter
    ), form.status


def _loaded(public_id: str, encounter_id: str) -> tuple[Organization, Encounter]:
    organization = registry.organization(public_id)
    authorize(permissions.can_write, organization)
    assert organization is not None
    encounter = queries.encounter(organization, encounter_id)
    authorize(permissions.can_correct, encounter)
    assert encounter is not None
    return organization, encounter


def _back(organization: Organization) -> Any:
    return redirect(url_for("history.timeline", public_id=organization.public_id), 303)


def _page_number() -> int:
    text = request.args.get("sayfa", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
