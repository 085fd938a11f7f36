"""Accounts: who may sign in, and as what."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import ADMINS, Role, requires
from coordinator.accounts import operations as accounts
from coordinator.accounts import queries
from coordinator.accounts.models import User
from coordinator.actors import Actor
from coordinator.administration import operations
from coordinator.administration.forms import AccountForm, NewAccountForm, TieForm
from coordinator.administration.queries import representation
from coordinator.administration.views.blueprint import asked, blueprint, paged
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.registry import queries as registry


def person_of(public_id: str) -> User:
    return queries.by_public_id(public_id) or abort(404)


def shown(user: User, form: AccountForm | None = None, tie: TieForm | None = None) -> Any:
    """Return the account's page, with one of its forms perhaps refused."""
    refused = form or tie
    page = render_template(
        "administration/person.html",
        user=user,
        edit=form or AccountForm(formdata=None, obj=user),
        tie=tie or TieForm(formdata=None),
        form=refused,
        organizations=registry.represented(user),
    )
    return page, refused.status if refused else 200


def done(user: User, text: str) -> Any:
    flash(text, "success")
    return redirect(url_for("administration.person", public_id=user.public_id))


@blueprint.get("/yonetim/kisiler")
@requires(ADMINS)
def people() -> Any:
    role = Role(asked("rol")) if asked("rol") in set(Role) else None
    page = paged(queries.people(role, asked("ara")))
    return render_template(
        "administration/people.html",
        page=page,
        role=role,
        roles=Role.choices(),
        search=asked("ara"),
        organizations=registry.organizations_of(page.items),
    )


@blueprint.route("/yonetim/kisiler/yeni", methods=["GET", "POST"])
@requires(ADMINS)
@commit_on_success
def add_person() -> Any:
    form = NewAccountForm()
    if request.method == "POST" and form.validate():
        try:
            user = operations.open_account(
                **form.values(),
                organization=form.organization.data,
                actor=Actor.account(current_user),
            )
            return done(user, _("The account is open. A letter is on its way to its owner."))
        except RuleBroken as error:
            form.refuse(error)
    return render_template("administration/person_new.html", form=form), form.status


@blueprint.get("/yonetim/kisiler/<public_id>")
@requires(ADMINS)
def person(public_id: str) -> Any:
    return shown(person_of(public_id))


@blueprint.post("/yonetim/kisiler/<public_id>")
@requires(ADMINS)
@commit_on_success
def save_person(public_id: str) -> Any:
    user, form = person_of(public_id), AccountForm()
    if form.validate():
        try:
            accounts.edit_account(
                user,
                **form.values(),
                version=form.opened_version,
                actor=Actor.account(current_user),
            )
            return done(user, _("The account is saved."))
        except RuleBroken as error:
            form.refuse(error, user)
    return shown(user, form=form)


@blueprint.route("/yonetim/kisiler/<public_id>/kapat", methods=["GET", "POST"])
@requires(ADMINS)
@commit_on_success
def close_person(public_id: str) -> Any:
    user = person_of(public_id)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            accounts.close_account(user, actor=Actor.account(current_user))
            return done(user, _("The account is closed. Its sessions have ended."))
        except RuleBroken as error:
            refusal, status = error.message, error.status
    return render_template("administration/person_close.html", user=user, refusal=refusal), status


@blueprint.post("/yonetim/kisiler/<public_id>/ac")
@requires(ADMINS)
@commit_on_success
def reopen_person(public_id: str) -> Any:
    user = person_of(public_id)
    accounts.reopen_account(user, actor=Actor.account(current_user))
    return done(user, _("The account is open again."))


@blueprint.post("/yonetim/kisiler/<public_id>/baglanti")
@requires(ADMINS)
@commit_on_success
def send_password_link(public_id: str) -> Any:
    user = person_of(public_id)
    if not (user.is_staff and user.active):
        abort(404)
    accounts.send_password_link(user, actor=Actor.account(current_user), welcome=True)
    return done(user, _("A letter with a link for a new password is on its way."))


@blueprint.post("/yonetim/kisiler/<public_id>/kuruluslar")
@requires(ADMINS)
@commit_on_success
def tie_person(public_id: str) -> Any:
    user, form = person_of(public_id), TieForm()
    if form.validate():
        try:
            organization = operations.named_organization(form.organization.data)
            operations.tie(user, organization, actor=Actor.account(current_user))
            return done(user, _("The account now acts for %(name)s.", name=organization.name))
        except RuleBroken as error:
            form.refuse(error)
    return shown(user, tie=form)


@blueprint.post("/yonetim/kisiler/<public_id>/kuruluslar/<organization_id>/ayir")
@requires(ADMINS)
@commit_on_success
def untie_person(public_id: str, organization_id: str) -> Any:
    user = person_of(public_id)
    tied = representation(user, organization_id) or abort(404)
    name = tied.organization.name
    operations.untie(user, tied, actor=Actor.account(current_user))
    return done(user, _("The account no longer acts for %(name)s.", name=name))
