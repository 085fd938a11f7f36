"""Who is in a group: found and added, taken out, gathered from the list of organisations."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.i18n import language, number
from coordinator.lists import operations, queries
from coordinator.lists.blueprint import blueprint
from coordinator.lists.forms import GatherForm
from coordinator.lists.models import ListKind, OrganizationList
from coordinator.lists.views.loading import list_or_404
from coordinator.paging import page_number
from coordinator.registry import listing
from coordinator.registry.listing import Filters
from coordinator.registry.listing.words import choices, words_of
from coordinator.registry.models import OrgType


@blueprint.get("/<public_id>/ekle")
@requires(WRITERS)
def find_members(public_id: str) -> Any:
    group = list_or_404(public_id, ListKind.FIXED)
    filters = Filters.read(request.args)
    return render_template(
        "lists/find_members.html",
        one=group,
        filters=filters,
        choices=choices(),
        page=listing.organizations_page(filters, page_number()),
        members=queries.member_ids(group),
        kinds=words_of(OrgType, language()),
        query=filters.as_query(),
    )


@blueprint.post("/<public_id>/ekle")
@requires(WRITERS)
@commit_on_success
def add_members(public_id: str) -> Any:
    group = list_or_404(public_id, ListKind.FIXED)
    wanted = queries.organizations(request.form.getlist("k"))
    query: dict[str, Any] = dict(Filters.read(request.args).as_query())
    if not wanted:
        flash(_("Choose at least one organisation first."), "warning")
        return redirect(url_for(".find_members", public_id=public_id, **query), 303)
    new = operations.add(group=group, organizations=wanted, actor=Actor.account(current_user))
    flash(_added(group, new), "success")
    return redirect(url_for(".find_members", public_id=public_id, **query), 303)


@blueprint.post("/<public_id>/cikar")
@requires(WRITERS)
@commit_on_success
def remove_members(public_id: str) -> Any:
    group = list_or_404(public_id, ListKind.FIXED)
    chosen = queries.organizations(request.form.getlist("k"))
    gone = operations.remove(group=group, organizations=chosen, actor=Actor.account(current_user))
    if gone:
        sentence = ngettext(
            "One organisation is out of the group.",
            "%(shown)s organisations are out of the group.",
            gone,
            shown=number(gone),
        )
        flash(sentence, "success")
    else:
        flash(_("Choose at least one organisation first."), "warning")
    return redirect(url_for(".show", public_id=public_id), 303)


@blueprint.route("/gruba-ekle", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def gather() -> Any:
    """Put the organisations that were ticked somewhere into a group."""
    wanted = queries.organizations(request.values.getlist("k"))
    form = GatherForm()
    if wanted and form.validate_on_submit():
        actor = Actor.account(current_user)
        try:
            group = form.chosen or operations.new_group(
                name=form.name.data, description="", actor=actor
            )
            new = operations.add(group=group, organizations=wanted, actor=actor)
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_added(group, new), "success")
            return redirect(url_for(".show", public_id=group.public_id), 303)
    return render_template("lists/gather.html", form=form, wanted=wanted), form.status


def _added(group: OrganizationList, new: int) -> str:
    if not new:
        return _("They were in “%(name)s” already.", name=group.name)
    return str(
        ngettext(
            "One organisation is new in “%(name)s”.",
            "%(shown)s organisations are new in “%(name)s”.",
            new,
            shown=number(new),
            name=group.name,
        )
    )
