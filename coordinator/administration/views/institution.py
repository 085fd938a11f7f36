"""The institution's data."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import ADMINS, requires
from coordinator.actors import Actor
from coordinator.administration.views.blueprint import blueprint
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.institution import operations, queries
from coordinator.institution.forms import InstitutionForm


@blueprint.get("/yonetim/kurum")
@requires(ADMINS)
def institution() -> Any:
    return render_template(
        "administration/institution.html", form=InstitutionForm(obj=queries.current())
    )


@blueprint.post("/yonetim/kurum")
@requires(ADMINS)
@commit_on_success
def save_institution() -> Any:
    form, stored = InstitutionForm(), queries.current()
    if form.validate():
        actor = Actor.account(current_user)
        try:
            if stored is None:
                operations.found(form.details(), actor=actor)
            else:
                operations.edit(stored, form.details(), version=form.opened_version, actor=actor)
            flash(_("The institution’s data are saved."), "success")
            return redirect(url_for("administration.institution"))
        except RuleBroken as error:
            form.refuse(error, stored)
    return render_template("administration/institution.html", form=form), form.status
