"""Rename a list, make a saved search a fixed group, delete a list."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.lists import operations, queries, words
from coordinator.lists.blueprint import blueprint
from coordinator.lists.forms import ListForm, PressForm
from coordinator.lists.models import ListKind
from coordinator.lists.views.loading import list_or_404
from coordinator.lists.views.saving import saved


@blueprint.route("/<public_id>/duzenle", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def edit(public_id: str) -> Any:
    one = list_or_404(public_id)
    form = ListForm(obj=one)
    if form.validate_on_submit():
        try:
            operations.rename(
                one=one,
                version=form.opened_version,
                actor=Actor.account(current_user),
                **form.values(),
            )
        except RuleBroken as error:
            form.refuse(error, one)
        else:
            return saved(one, _("Saved."))
    return render_template("lists/edit.html", form=form, one=one), form.status


@blueprint.route("/<public_id>/sabitle", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def fix(public_id: str) -> Any:
    one = list_or_404(public_id, ListKind.SEARCH)
    form = PressForm(obj=one)
    if form.validate_on_submit():
        try:
            count = operations.fix(
                one=one, version=form.opened_version, actor=Actor.account(current_user)
            )
        except RuleBroken as error:
            form.refuse(error, one)
        else:
            told = words.organizations(count)
            return saved(
                one, _("“%(name)s” is a fixed group now: %(count)s.", name=one.name, count=told)
            )
    return _page("lists/fix.html", form, one), form.status


@blueprint.route("/<public_id>/sil", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def delete(public_id: str) -> Any:
    one = list_or_404(public_id)
    form = PressForm(obj=one)
    if form.validate_on_submit():
        try:
            operations.delete(
                one=one, version=form.opened_version, actor=Actor.account(current_user)
            )
        except RuleBroken as error:
            form.refuse(error, one)
        else:
            flash(_("The list “%(name)s” is deleted.", name=one.name), "success")
            return redirect(url_for(".index"), 303)
    return _page("lists/delete.html", form, one), form.status


def _page(template: str, form: PressForm, one: Any) -> Any:
    count = queries.held([one])[one.id].organizations
    return render_template(
        template, form=form, one=one, searched=words.searched(one), count=words.organizations(count)
    )
