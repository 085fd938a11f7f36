"""The pages of one organisation: its page, add, edit, status."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import EVERYONE, REPRESENTATIVES, WRITERS, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.registry import operations, permissions, queries, sections
from coordinator.registry.blueprint import blueprint
from coordinator.registry.forms import OrganizationForm, PressForm, ReachedForm, StatusForm
from coordinator.registry.models import WITHOUT_PERSONALITY, Contact, Organization, OrgStatus
from coordinator.registry.operations import MaybeSame
from coordinator.registry.queries import Relation

EDITORS = WRITERS | REPRESENTATIVES


@blueprint.get("/kuruluslar/<public_id>")
@requires(EVERYONE)
def organization(public_id: str) -> Any:
    found = queries.organization(public_id)
    if permissions.leads_on(current_user, found):
        assert found is not None
        return redirect(_url(queries.heir(found)))
    authorize(permissions.can_see, found)
    assert found is not None
    return render_template(
        "registry/organization.html",
        organization=found,
        branches=queries.relatives(found, Relation.BRANCHES),
        members=queries.relatives(found, Relation.MEMBERS),
        elsewhere=_elsewhere(found),
        without_personality=found.org_type in WITHOUT_PERSONALITY,
        sections=sections.shown(found),
        accounts=queries.accounts_of(found.contacts) if current_user.is_staff else {},
        notes_shown=permissions.can_see_notes(current_user, found),
        may_edit=permissions.can_edit(current_user, found),
        may_write=current_user.role in WRITERS and found.merged_into_id is None,
        press=PressForm(),
    )


@blueprint.route("/kuruluslar/yeni", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new_organization() -> Any:
    form = OrganizationForm()
    if form.validate_on_submit():
        try:
            added = operations.add_organization(
                actor=Actor.account(current_user),
                knowingly="knowingly" in request.form,
                **form.values(),
            )
        except MaybeSame as error:
            return _new_page(form, matches=error.matches), error.status
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_("%(name)s is added.", name=added.name), "success")
            return redirect(_url(added))
    return _new_page(form), form.status


def _new_page(form: OrganizationForm, matches: Any = ()) -> Any:
    return render_template("registry/organization_new.html", form=form, matches=matches)


@blueprint.route("/kuruluslar/<public_id>/duzenle", methods=["GET", "POST"])
@requires(EDITORS)
@commit_on_success
def edit_organization(public_id: str) -> Any:
    found = _editable(public_id)
    kind = OrganizationForm if current_user.is_staff else ReachedForm
    form = kind(obj=found)
    if form.validate_on_submit():
        try:
            operations.edit_organization(
                organization=found,
                version=form.opened_version,
                actor=Actor.account(current_user),
                keep_old_name="forget_old_name" not in request.form,
                **form.values(),
            )
        except RuleBroken as error:
            form.refuse(error, found)
        else:
            flash(_("Saved."), "success")
            return redirect(_url(found))
    return render_template(
        "registry/organization_edit.html", form=form, organization=found
    ), form.status


@blueprint.route("/kuruluslar/<public_id>/durum", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def change_status(public_id: str) -> Any:
    found = _editable(public_id)
    form = StatusForm(obj=found)
    if form.validate_on_submit():
        try:
            operations.change_status(
                organization=found,
                version=form.opened_version,
                status=OrgStatus(form.org_status.data),
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, found)
        else:
            flash(_("Saved."), "success")
            return redirect(_url(found))
    return render_template(
        "registry/organization_status.html",
        form=form,
        organization=found,
        branches=queries.active_branches(found),
    ), form.status


@blueprint.post("/kuruluslar/<public_id>/kontrol")
@requires(WRITERS)
@commit_on_success
def mark_checked(public_id: str) -> Any:
    found = _editable(public_id)
    operations.mark_checked(organization=found, actor=Actor.account(current_user))
    flash(_("Noted: the details were checked today."), "success")
    return redirect(_url(found))


@blueprint.get("/kurulusumuz")
@requires(REPRESENTATIVES)
def own_organizations() -> Any:
    mine = queries.represented(current_user)
    if len(mine) == 1:
        return redirect(_url(mine[0]))
    return render_template("registry/own_organizations.html", organizations=mine)


def _elsewhere(organization: Organization) -> dict[int, list[Contact]]:
    """Return for each contact's id whom the person represents besides, as far as it is shown."""
    found = queries.elsewhere(organization.active_contacts)
    return {
        number: [one for one in others if permissions.can_see(current_user, one.organization)]
        for number, others in found.items()
    }


def _editable(public_id: str) -> Organization:
    found = queries.organization(public_id)
    authorize(permissions.can_edit, found)
    assert found is not None
    return found


def _url(organization: Organization) -> str:
    return url_for("registry.organization", public_id=organization.public_id)
