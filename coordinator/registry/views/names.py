"""The pages of an organisation's former names: added, corrected, removed."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import WRITERS, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.registry import operations, permissions, queries
from coordinator.registry.blueprint import blueprint
from coordinator.registry.forms import FormerNameForm
from coordinator.registry.models import Organization, OrganizationName


@blueprint.route("/kuruluslar/<public_id>/eski-adlar/yeni", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new_name(public_id: str) -> Any:
    organization = queries.organization(public_id)
    authorize(permissions.can_edit, organization)
    assert organization is not None
    form = FormerNameForm(version=organization.version)
    if form.validate_on_submit():
        try:
            operations.add_name(
                organization=organization,
                version=form.opened_version,
                actor=Actor.account(current_user),
                **form.values(),
            )
        except RuleBroken as error:
            form.refuse(error, organization)
        else:
            return _saved(public_id)
    return _name_page(form, organization)


@blueprint.route("/kuruluslar/<public_id>/eski-adlar/<int:number>", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def edit_name(public_id: str, number: int) -> Any:
    former = queries.former_name(public_id, number)
    authorize(permissions.can_edit, former.organization if former else None)
    assert former is not None
    organization = former.organization
    form = FormerNameForm(obj=former, version=organization.version)
    removing = "remove" in request.form
    if form.is_submitted() and (removing or form.validate()):
        try:
            _change(former, form, removing=removing)
        except RuleBroken as error:
            form.refuse(error, organization)
        else:
            return _saved(public_id)
    return _name_page(form, organization, former)


def _change(former: OrganizationName, form: FormerNameForm, *, removing: bool) -> None:
    version, actor = form.opened_version, Actor.account(current_user)
    if removing:
        operations.remove_name(former=former, version=version, actor=actor)
    else:
        operations.edit_name(former=former, version=version, actor=actor, **form.values())


def _saved(public_id: str) -> Any:
    flash(_("Saved."), "success")
    return redirect(url_for("registry.organization", public_id=public_id))


def _name_page(
    form: FormerNameForm, organization: Organization, former: OrganizationName | None = None
) -> Any:
    return render_template(
        "registry/former_name.html", form=form, organization=organization, former=former
    ), form.status
