"""The first visit: whose copy this is, and who administers it."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from coordinator.access import public
from coordinator.accounts import signed_in
from coordinator.administration import operations, queries
from coordinator.administration.forms import SetUpForm
from coordinator.administration.views.blueprint import blueprint
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken

# What answers before anybody has set the copy up: its looks, its health, the demo, the mailbox.
OPEN_BLUEPRINTS = {"bootstrap", "icons", "preferences", "health", "demo", "mailbox"}
OPEN_ENDPOINTS = {"static", "htmx_script", "stylesheet", "administration.set_up"}


def lead_there() -> Any:
    """Lead every page to the set-up until there is an institution or an administrator."""
    if request.endpoint in OPEN_ENDPOINTS or request.blueprint in OPEN_BLUEPRINTS:
        return None
    if request.endpoint is None or queries.is_set_up():
        return None
    return redirect(url_for("administration.set_up"))


def demo_url() -> str | None:
    """Return where the set-up can be sent to be filled with an invented city at once."""
    return url_for("demo.set_up") if "demo.set_up" in current_app.view_functions else None


@blueprint.route("/kur", methods=["GET", "POST"])
@public
@commit_on_success
def set_up() -> Any:
    if queries.is_set_up():
        abort(404)
    form = SetUpForm()
    if request.method == "POST" and form.validate() and founded(form):
        flash(_("Paydaş is ready. Begin with your list of organisations."), "success")
        return redirect("/")
    return show(form)


def founded(form: SetUpForm) -> bool:
    """Set the copy up as the form says and sign its administrator in; False if a rule refuses."""
    try:
        user = operations.set_up(
            details=form.details(),
            full_name=form.full_name.data,
            email=form.own_email.data,
            password=form.password.data,
        )
    except RuleBroken as error:
        form.refuse(error)
        return False
    signed_in.start(user)
    return True


def show(form: SetUpForm) -> Any:
    return render_template("administration/set_up.html", form=form, demo=demo_url()), form.status
