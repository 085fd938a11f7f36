"""The pages on which contacts end, come back, and hand over to somebody else."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.i18n import typed
from coordinator.registry import operations
from coordinator.registry.blueprint import blueprint
from coordinator.registry.forms import EndForm, HandOverForm, ReturnForm, warn
from coordinator.registry.models import Contact
from coordinator.registry.operations import AlreadyContact
from coordinator.registry.views.contacts import EDITORS, back, editable


@blueprint.route("/kuruluslar/<public_id>/temsilciler/<contact_id>/bitir", methods=["GET", "POST"])
@requires(EDITORS)
@commit_on_success
def end_contact(public_id: str, contact_id: str) -> Any:
    contact = editable(public_id, contact_id)
    form = EndForm(obj=contact)
    if form.validate_on_submit():
        try:
            operations.end_contact(
                contact=contact,
                version=form.opened_version,
                until=form.active_until.data,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, contact)
        else:
            flash(_ended(contact), "success")
            return back(contact.organization)
    return render_template("registry/contact_end.html", form=form, contact=contact), form.status


def _ended(contact: Contact) -> str:
    if contact.is_active:
        day = typed(contact.active_until)
        return str(_("%(name)s is a contact until %(day)s.", name=contact.full_name, day=day))
    return str(_("%(name)s is no longer a contact.", name=contact.full_name))


@blueprint.route("/kuruluslar/<public_id>/temsilciler/<contact_id>/geri", methods=["GET", "POST"])
@requires(EDITORS)
@commit_on_success
def bring_back(public_id: str, contact_id: str) -> Any:
    contact = editable(public_id, contact_id, ended=True)
    form = ReturnForm(obj=contact)
    if form.validate_on_submit():
        try:
            operations.bring_back(
                contact=contact,
                version=form.opened_version,
                active_from=form.active_from.data,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, contact)
        else:
            flash(_("%(name)s is a contact again.", name=contact.full_name), "success")
            return redirect(url_for("registry.organization", public_id=public_id))
    return render_template("registry/contact_back.html", form=form, contact=contact), form.status


@blueprint.route("/kuruluslar/<public_id>/temsilciler/<contact_id>/devir", methods=["GET", "POST"])
@requires(EDITORS)
@commit_on_success
def hand_over(public_id: str, contact_id: str) -> Any:
    contact = editable(public_id, contact_id)
    form, known = HandOverForm(contact=contact), None
    if form.validate_on_submit():
        try:
            successor = _hand_over(contact, form)
        except AlreadyContact as error:
            known = error.other
            warn(form, error)
        except RuleBroken as error:
            form.refuse(error, contact)
        else:
            flash(_("%(name)s represents now.", name=successor.full_name), "success")
            return back(contact.organization)
    page = render_template(
        "registry/contact_handover.html", form=form, contact=contact, known=known
    )
    return page, AlreadyContact.status if known else form.status


def _hand_over(contact: Contact, form: HandOverForm) -> Contact:
    return operations.hand_over(
        contact=contact,
        version=form.opened_version,
        actor=Actor.account(current_user),
        day=form.day.data,
        successor=form.chosen,
        knowingly="knowingly" in request.form,
        **({} if form.chosen else form.person()),
    )
