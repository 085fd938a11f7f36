"""Pairs that look like one and are two."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.duplicates import operations, queries
from coordinator.duplicates.blueprint import blueprint
from coordinator.duplicates.views.loading import editable
from coordinator.duplicates.views.paging import SIZE, asked_page
from coordinator.paging import Paged


@blueprint.get("/ayri-kayitlar")
@requires(READERS)
def apart() -> Any:
    number = asked_page()
    found, total = queries.distinct_page(number, SIZE)
    return render_template("duplicates/apart.html", pairs=found, page=Paged(number, total))


@blueprint.post("/<public_id>/ayri/<other_id>")
@requires(WRITERS)
@commit_on_success
def keep_apart(public_id: str, other_id: str) -> Any:
    one, other = editable(public_id), editable(other_id)
    operations.keep_apart(one=one, other=other, actor=Actor.account(current_user))
    flash(
        _("%(one)s and %(other)s stay two. They are not shown again.",
          one=one.name, other=other.name),
        "success",
    )  # fmt: skip
    return redirect(url_for(".suspects", page=asked_page()))


@blueprint.post("/<public_id>/yine-benzer/<other_id>")
@requires(WRITERS)
@commit_on_success
def suspect_again(public_id: str, other_id: str) -> Any:
    one, other = editable(public_id), editable(other_id)
    operations.suspect_again(one=one, other=other, actor=Actor.account(current_user))
    flash(_("They are compared again."), "success")
    return redirect(url_for(".apart"))
