"""The page that offers the invented city to an administrator of an empty house."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import ADMINS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.demo import operations
from coordinator.errors import RuleBroken
from coordinator.forms import AppForm

blueprint = Blueprint("demo", __name__, url_prefix="/yonetim/ornek", template_folder="templates")


@blueprint.get("")
@requires(ADMINS)
def offer() -> Any:
    return render_template("demo/offer.html", form=AppForm(), empty=operations.is_empty())


@blueprint.post("")
@requires(ADMINS)
@commit_on_success
def fill() -> Any:
    form = AppForm()
    try:
        made = operations.fill(Actor.account(current_user))
    except RuleBroken as error:
        form.refuse(error)
        return render_template("demo/offer.html", form=form, empty=False), form.status
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
