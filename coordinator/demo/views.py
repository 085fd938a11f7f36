"""The page that offers the invented city to an administrator of an empty house."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import ADMINS, public, requires
from coordinator.actors import Actor
from coordinator.administration.forms import SetUpForm
from coordinator.administration.queries import is_set_up
from coordinator.administration.views import set_up as first_visit
from coordinator.database import commit_on_success
from coordinator.demo import operations
from coordinator.errors import RuleBroken
from coordinator.forms import AppForm

blueprint = Blueprint("demo", __name__, template_folder="templates")


@blueprint.get("/yonetim/ornek")
@requires(ADMINS)
def offer() -> Any:
    return render_template("demo/offer.html", form=AppForm(), empty=operations.is_empty())


@blueprint.post("/yonetim/ornek")
@requires(ADMINS)
@commit_on_success
def fill() -> Any:
    form = AppForm()
    try:
        made = operations.fill(Actor.account(current_user))
    except RuleBroken as error:
        form.refuse(error)
        return render_template("demo/offer.html", form=form, empty=False), form.status
    return filled(made)


@blueprint.post("/kur/ornek")
@public
@commit_on_success
def set_up() -> Any:
    """The set-up's second button: found the copy and fill it in one step."""
    if is_set_up():
        abort(404)
    form = SetUpForm()
    if not form.validate() or not first_visit.founded(form):
        return first_visit.show(form)
    return filled(operations.fill(Actor.account(current_user)))


def filled(made: operations.Filled) -> Any:
    """Lead to the invented window and say how to look around as staff."""
    flash(
        _("The invented city is here: %(count)s organisations.", count=made.organizations)
        + "\n"
        + _(
            "To look as staff, sign in as %(email)s with the password %(password)s.",
            email=made.staff.email,
            password=made.password,
        ),
        "success",
    )
    day = made.window.special_day.slug
    return redirect(url_for("activities.window", year=made.window.year, day=day))
