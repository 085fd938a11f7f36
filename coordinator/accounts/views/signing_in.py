"""Signing in with a password or a letter's link, and signing out."""

from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import current_user

from coordinator.access import EVERYONE, own_path, public, requires
from coordinator.accounts import operations
from coordinator.accounts.forms import AskForm, SignInForm
from coordinator.accounts.models import User
from coordinator.accounts.views.blueprint import blueprint
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken, error_page
from coordinator.headers import keep_private
from coordinator.i18n import LANGUAGES


def back() -> str | None:
    """Return where somebody wanted to go before they had to sign in."""
    return own_path(request.args.get("next"))


def speak(user: User) -> None:
    """Answer in the language of the account, unless the reader chose one here."""
    chosen = request.args.get("dil") or request.cookies.get("dil")
    if user.language and chosen not in LANGUAGES:
        g.language = user.language
        refresh()


def link_is_gone(error: RuleBroken, endpoint: str) -> Any:
    """Say that a link is used up, and where the next one comes from."""
    actions = [(_("Ask for a new link"), url_for(endpoint))]
    return error_page(410, text=error.message, actions=actions)


@blueprint.get("/giris")
@public
def sign_in() -> Any:
    if current_user.is_authenticated:
        return redirect(back() or "/")
    return render_template("accounts/sign_in.html", form=SignInForm(), back=back())


@blueprint.post("/giris", endpoint="enter")
@public
@commit_on_success
def enter() -> Any:
    form = SignInForm()
    if form.validate():
        try:
            operations.sign_in_with_password(email=form.email.data, password=form.password.data)
            return redirect(back() or "/")
        except RuleBroken as error:
            form.refuse(error)
    return render_template("accounts/sign_in.html", form=form, back=back()), form.status


@blueprint.post("/cikis")
@requires(EVERYONE)
@commit_on_success
def sign_out() -> Any:
    operations.sign_out(current_user)
    return redirect(url_for("accounts.sign_in"))


@blueprint.get("/giris/baglanti")
@public
def ask_link() -> Any:
    return render_template("accounts/ask_link.html", form=AskForm(), back=back())


@blueprint.post("/giris/baglanti", endpoint="send_link")
@public
@commit_on_success
def send_link() -> Any:
    form = AskForm()
    if form.validate():
        try:
            operations.ask_for_sign_in_link(email=form.email.data, back=back())
            return redirect(url_for("accounts.link_sent"))
        except RuleBroken as error:
            form.refuse(error)
    return render_template("accounts/ask_link.html", form=form, back=back()), form.status


@blueprint.get("/giris/gonderildi")
@public
def link_sent() -> Any:
    return render_template("accounts/link_sent.html")


@blueprint.route("/giris/<token>", methods=["GET", "POST"])
@public
@commit_on_success
def use_link(token: str) -> Any:
    """Show one button to people, and to mail scanners; only pressing it signs in."""
    keep_private()
    try:
        link, user = operations.sign_in_link_of(token) or abort(404)
        speak(user)
        if request.method == "POST":
            operations.sign_in_with_link(link, user)
            return redirect(back() or "/")
    except operations.LinkUsedUp as error:
        return link_is_gone(error, "accounts.ask_link")
    return render_template("accounts/use_link.html", user=user, back=back())
