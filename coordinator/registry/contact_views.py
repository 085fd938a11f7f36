"""The pages of contacts: add, edit, end, and the account of one."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import REPRESENTATIVES, WRITERS, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.registry import operations, permissions, queries
from coordinator.registry.blueprint import blueprint
from coordinator.registry.forms import ContactForm, EndForm
from coordinator.registry.models import Contact, Organization

EDITORS = WRITERS | REPRESENTATIVES


@blueprint.route("/kuruluslar/<public_id>/temsilciler/yeni", methods=["GET", "POST"])
@requires(EDITORS)
@commit_on_success
def new_contact(public_id: str) -> Any:
    organization = queries.organization(public_id)
    authorize(permissions.can_edit, organization)
    assert organization is not None
    form = ContactForm()
    if form.validate_on_submit():
        contact = operations.add_contact(
            organization=organization, actor=Actor.account(current_user), **form.values()
        )
        flash(_("%(name)s is added.", name=contact.full_name), "success")
        return redirect(_url(organization))
    return render_template(
        "registry/contact.html", form=form, organization=organization, contact=None
    ), form.status


@blueprint.route("/kuruluslar/<public_id>/temsilciler/<contact_id>", methods=["GET", "POST"])
@requires(EDITORS)
@commit_on_success
def edit_contact(public_id: str, contact_id: str) -> Any:
    contact = _editable(public_id, contact_id)
    form = ContactForm(obj=contact)
    if form.validate_on_submit():
        try:
            operations.edit_contact(
                contact=contact,
                version=form.opened_version,
                actor=Actor.account(current_user),
                **form.values(),
            )
        except RuleBroken as error:
            form.refuse(error, contact)
        else:
            flash(_("Saved."), "success")
            return _back(contact.organization)
    return render_template(
        "registry/contact.html", form=form, organization=contact.organization, contact=contact
    ), form.status


@blueprint.route("/kuruluslar/<public_id>/temsilciler/<contact_id>/bitir", methods=["GET", "POST"])
@requires(EDITORS)
@commit_on_success
def end_contact(public_id: str, contact_id: str) -> Any:
    contact = _editable(public_id, contact_id)
    form = EndForm(obj=contact)
    if form.validate_on_submit():
        try:
            operations.end_contact(
                contact=contact, version=form.opened_version, actor=Actor.account(current_user)
            )
        except RuleBroken as error:
            form.refuse(error, contact)
        else:
            flash(_("%(name)s is no longer a contact.", name=contact.full_name), "success")
            return _back(contact.organization)
    return render_template("registry/contact_end.html", form=form, contact=contact), form.status


@blueprint.post("/kuruluslar/<public_id>/temsilciler/<contact_id>/hesap")
@requires(WRITERS)
@commit_on_success
def open_account(public_id: str, contact_id: str) -> Any:
    contact = _editable(public_id, contact_id)
    user = operations.open_account(contact=contact, actor=Actor.account(current_user))
    flash(
        _("%(name)s has an account. The letter goes to %(address)s.",
          name=user.full_name, address=user.email),
        "success",
    )  # fmt: skip
    return redirect(_url(contact.organization))


def _editable(public_id: str, contact_id: str) -> Contact:
    contact = queries.contact(contact_id)
    authorize(permissions.can_edit_contact, contact)
    authorize(lambda _user: contact is not None and contact.organization.public_id == public_id)
    assert contact is not None
    return contact


def _back(organization: Organization) -> Any:
    """Lead to the organisation, or away from it for somebody who just left it."""
    if permissions.can_see(current_user, organization):
        return redirect(_url(organization))
    return redirect(url_for("registry.own_organizations"))


def _url(organization: Organization) -> str:
    return url_for("registry.organization", public_id=organization.public_id)
