"""The pages of contacts: add, edit, and the account of one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator import optouts
from coordinator.access import REPRESENTATIVES, WRITERS, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.registry import operations, permissions, queries
from coordinator.registry.blueprint import blueprint
from coordinator.registry.forms import ContactForm, warn
from coordinator.registry.models import Contact, Organization
from coordinator.registry.operations import AlreadyContact

EDITORS = WRITERS | REPRESENTATIVES


@blueprint.route("/kuruluslar/<public_id>/temsilciler/yeni", methods=["GET", "POST"])
@requires(EDITORS)
@commit_on_success
def new_contact(public_id: str) -> Any:
    organization = queries.organization(public_id)
    authorize(permissions.can_edit, organization)
    assert organization is not None
    form, known = ContactForm(), None
    if form.validate_on_submit():
        try:
            contact = operations.add_contact(
                organization=organization,
                actor=Actor.account(current_user),
                knowingly="knowingly" in request.form,
                **form.values(),
            )
        except AlreadyContact as error:
            known = error.other
            warn(form, error)
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_("%(name)s is added.", name=contact.full_name), "success")
            return redirect(_url(organization))
    return _contact_page(form, organization, known=known)


@blueprint.route("/kuruluslar/<public_id>/temsilciler/<contact_id>", methods=["GET", "POST"])
@requires(EDITORS)
@commit_on_success
def edit_contact(public_id: str, contact_id: str) -> Any:
    contact = editable(public_id, contact_id)
    elsewhere = [
        one
        for one in queries.same_person(contact)
        if permissions.can_edit_contact(current_user, one)
    ]
    form = ContactForm(obj=contact)
    if form.validate_on_submit():
        try:
            operations.edit_contact(
                contact=contact,
                version=form.opened_version,
                actor=Actor.account(current_user),
                also=elsewhere if form.everywhere.data else (),
                **form.values(),
            )
        except RuleBroken as error:
            form.refuse(error, contact)
        else:
            flash(_("Saved."), "success")
            return back(contact.organization)
    return _contact_page(form, contact.organization, contact=contact, elsewhere=elsewhere)


def _contact_page(form: ContactForm, organization: Organization, **more: Any) -> Any:
    told = {"contact": None, "known": None, "elsewhere": [], **more}
    address = told["contact"].email if told["contact"] else ""
    told["refused"] = optouts.queries.standing([address]).get(address) if address else None
    page = render_template("registry/contact.html", form=form, organization=organization, **told)
    return page, AlreadyContact.status if told["known"] else form.status


@blueprint.post("/kuruluslar/<public_id>/temsilciler/<contact_id>/hatirlatmalar")
@requires(EDITORS)
@commit_on_success
def reminders(public_id: str, contact_id: str) -> Any:
    """Write round letters to the contact's address again, or no more."""
    contact = editable(public_id, contact_id)
    actor = Actor.account(current_user)
    if "geri" in request.form:
        optouts.operations.come_back(address=contact.email, actor=actor)
        flash(_("Reminders go to %(address)s again.", address=contact.email), "success")
    elif contact.email:
        optouts.operations.leave(address=contact.email, via="staff", actor=actor)
        flash(_("No reminders go to %(address)s any more.", address=contact.email), "success")
    return redirect(url_for(".edit_contact", public_id=public_id, contact_id=contact_id), 303)


@blueprint.post("/kuruluslar/<public_id>/temsilciler/<contact_id>/hesap")
@requires(WRITERS)
@commit_on_success
def open_account(public_id: str, contact_id: str) -> Any:
    contact = editable(public_id, contact_id)
    user = operations.open_account(contact=contact, actor=Actor.account(current_user))
    flash(
        _("%(name)s has an account. The letter goes to %(address)s.",
          name=user.full_name, address=user.email),
        "success",
    )  # fmt: skip
    return redirect(_url(contact.organization))


def editable(public_id: str, contact_id: str, *, ended: bool = False) -> Contact:
    """Return a contact of the organisation with that page; with `ended`, one who is none now."""
    contact = queries.contact(contact_id)
    authorize(permissions.can_bring_back if ended else permissions.can_edit_contact, contact)
    authorize(lambda _user: contact is not None and contact.organization.public_id == public_id)
    assert contact is not None
    return contact


def back(organization: Organization) -> Any:
    """Lead to the organisation, or away from it for somebody who just left it."""
    if permissions.can_see(current_user, organization):
        return redirect(_url(organization))
    return redirect(url_for("registry.own_organizations"))


def _url(organization: Organization) -> str:
    return url_for("registry.organization", public_id=organization.public_id)
