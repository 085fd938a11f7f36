"""Save a search under a name, or in the place of one that is saved; make a group."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.lists import operations, words
from coordinator.lists.blueprint import blueprint
from coordinator.lists.forms import ListForm, ReplaceForm
from coordinator.lists.models import OrganizationList
from coordinator.registry import listing
from coordinator.registry.listing import Filters


@blueprint.route("/arama-kaydet", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def save_search() -> Any:
    filters = Filters.read(request.args)
    form = ListForm()
    if form.validate_on_submit():
        try:
            one = operations.save_search(
                filters=filters, actor=Actor.account(current_user), **form.values()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return saved(one, _("“%(name)s” is saved.", name=one.name))
    return _search_page(filters, form, ReplaceForm(formdata=None)), form.status


@blueprint.post("/arama-kaydet/yerine")
@requires(WRITERS)
@commit_on_success
def search_otherwise() -> Any:
    filters = Filters.read(request.args)
    form = ReplaceForm()
    if form.validate_on_submit() and form.chosen:
        one = form.chosen
        try:
            operations.search_otherwise(
                one=one, version=one.version, filters=filters, actor=Actor.account(current_user)
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return saved(one, _("“%(name)s” looks for this from now on.", name=one.name))
    return _search_page(filters, ListForm(formdata=None), form), form.status


def _search_page(filters: Filters, form: ListForm, replace: ReplaceForm) -> Any:
    query: dict[str, Any] = dict(filters.as_query())
    total = listing.organizations_page(filters).total if filters else 0
    return render_template(
        "lists/save_search.html",
        form=form,
        replace=replace,
        searched=listing.described(filters),
        sentence=words.organizations(total),
        save_url=url_for(".save_search", **query),
        replace_url=url_for(".search_otherwise", **query),
        back=url_for("registry.organizations", **query),
    )


@blueprint.route("/yeni-grup", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new_group() -> Any:
    form = ListForm()
    if form.validate_on_submit():
        try:
            one = operations.new_group(actor=Actor.account(current_user), **form.values())
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_("“%(name)s” is there. Add organisations now.", name=one.name), "success")
            return redirect(url_for(".find_members", public_id=one.public_id), 303)
    return render_template("lists/new_group.html", form=form), form.status


def saved(one: OrganizationList, sentence: str) -> Any:
    """Answer with the list's page and a sentence on top."""
    flash(sentence, "success")
    return redirect(url_for("lists.show", public_id=one.public_id), 303)
