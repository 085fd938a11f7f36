"""A new password by a letter's link."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from coordinator.access import public
from coordinator.accounts import operations
from coordinator.accounts.forms import AskForm, ChooseForm
from coordinator.accounts.views.blueprint import blueprint
from coordinator.accounts.views.signing_in import link_is_gone, speak
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.headers import keep_private


@blueprint.get("/giris/parola")
@public
def ask_password_link() -> Any:
    return render_template("accounts/ask_password_link.html", form=AskForm())


@blueprint.post("/giris/parola", endpoint="send_password_link")
@public
@commit_on_success
def send_password_link() -> Any:
    form = AskForm()
    if form.validate():
        try:
            operations.ask_for_password_link(email=form.email.data)
            return redirect(url_for("accounts.link_sent"))
        except RuleBroken as error:
            form.refuse(error)
    return render_template("accounts/ask_password_link.html", form=form), form.status


@blueprint.route("/giris/parola/<token>", methods=["GET", "POST"])
@public
@commit_on_success
def choose_password(token: str) -> Any:
    keep_private()
    form = ChooseForm()
    try:
        link, user = operations.password_link_of(token) or abort(404)
        speak(user)
        if request.method == "POST" and form.validate():
            operations.choose_password(link, user, password=form.password.data)
            flash(_("Your new password is set. Sign in with it."), "success")
            return redirect(url_for("accounts.sign_in"))
    except operations.LinkUsedUp as error:
        return link_is_gone(error, "accounts.ask_password_link")
    except RuleBroken as error:
        form.refuse(error)
    return render_template("accounts/choose_password.html", form=form, user=user), form.status
