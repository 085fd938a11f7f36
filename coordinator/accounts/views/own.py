"""One's own account: name, language, password, open sessions."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import EVERYONE, requires
from coordinator.accounts import operations, queries, signed_in
from coordinator.accounts.forms import ChangeForm, OwnForm
from coordinator.accounts.views.blueprint import blueprint
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken


def shown(own: OwnForm | None = None, change: ChangeForm | None = None) -> Any:
    """Return the page with its two forms, one of them perhaps refused."""
    form = own or change
    page = render_template(
        "accounts/own.html",
        own=own or OwnForm(formdata=None, obj=current_user, data=None),
        change=change or ChangeForm(formdata=None),
        form=form,
        sessions=queries.sessions_of(current_user),
        is_this=signed_in.is_this,
    )
    return page, form.status if form else 200


def done(text: str) -> Any:
    flash(text, "success")
    return redirect(url_for("accounts.own"))


@blueprint.get("/hesabim")
@requires(EVERYONE)
def own() -> Any:
    return shown()


@blueprint.post("/hesabim")
@requires(EVERYONE)
@commit_on_success
def save_own() -> Any:
    form = OwnForm()
    if form.validate():
        try:
            operations.save_own(
                current_user,
                full_name=form.full_name.data,
                language=form.language.data,
                version=form.opened_version,
                actor=Actor.account(current_user),
            )
            return done(_("Your account is saved."))
        except RuleBroken as error:
            form.refuse(error, current_user)
    return shown(own=form)


@blueprint.post("/hesabim/parola")
@requires(EVERYONE)
@commit_on_success
def change_password() -> Any:
    form = ChangeForm()
    if form.validate():
        try:
            operations.change_password(
                current_user,
                old=form.old.data,
                new=form.new.data,
                actor=Actor.account(current_user),
            )
            return done(_("Your password is changed. Your other sessions are ended."))
        except RuleBroken as error:
            form.refuse(error)
    return shown(change=form)


@blueprint.post("/hesabim/oturumlar/<int(max=2147483647):session_id>/bitir")
@requires(EVERYONE)
@commit_on_success
def end_session(session_id: int) -> Any:
    opened = queries.session_of(current_user, session_id) or abort(404)
    operations.end_session(current_user, opened, actor=Actor.account(current_user))
    return done(_("The session is ended."))


@blueprint.post("/hesabim/oturumlar/bitir")
@requires(EVERYONE)
@commit_on_success
def end_other_sessions() -> Any:
    operations.end_other_sessions(current_user, actor=Actor.account(current_user))
    return done(_("Your other sessions are ended."))
