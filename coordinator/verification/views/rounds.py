"""The branch's pages of rounds: all of them, a new one, one with its rows, changed, closed."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator import clock
from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.paging import page_number
from coordinator.verification import operations, queries
from coordinator.verification.blueprint import blueprint
from coordinator.verification.forms import RoundForm
from coordinator.verification.models import Round
from coordinator.verification.views import words
from coordinator.verification.views.loading import round_or_404

TIME_TO_ANSWER = timedelta(days=21)


@blueprint.get("/dogrulama")
@requires(READERS)
def index() -> Any:
    """How true the records are, the rounds, what waits."""
    counts = queries.counts()
    found = queries.rounds()
    totals = queries.totals([one.id for one in found])
    return render_template(
        "verification/index.html",
        counts=counts,
        summary=words.state_of_records(counts),
        rounds=[(one, words.round_in_short(one, totals[one.id])) for one in found],
        may_write=current_user.role in WRITERS,
    )


@blueprint.route("/dogrulama/yeni", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new_round() -> Any:
    today = clock.today()
    form = RoundForm(
        name=_("%(year)s check", year=today.year), answer_by=today + TIME_TO_ANSWER, who="old"
    )
    if form.validate_on_submit():
        try:
            round_ = operations.prepare_round(
                name=form.name.data,
                answer_by=form.answer_by.data,
                scope=form.scope(),
                actor=Actor.account(current_user),
            )
            return redirect(url_for(".preview", public_id=round_.public_id), 303)
        except RuleBroken as error:
            form.refuse(error)
    return render_template("verification/round_form.html", form=form, round=None), form.status


@blueprint.route("/dogrulama/<public_id>/duzenle", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def edit_round(public_id: str) -> Any:
    round_ = round_or_404(public_id)
    form = RoundForm(obj=round_)
    if form.validate_on_submit():
        try:
            operations.edit_round(
                round_=round_,
                version=form.opened_version,
                name=form.name.data,
                answer_by=form.answer_by.data,
                scope=form.scope(),
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, round_)
        else:
            return redirect(_after(round_), 303)
    return render_template("verification/round_form.html", form=form, round=round_), form.status


def _after(round_: Round) -> str:
    """Lead back to where one was: one that is not sent yet is looked at first."""
    if round_.sent_at is None:
        return url_for(".preview", public_id=round_.public_id)
    flash(_("Saved."), "success")
    return url_for(".round_page", public_id=round_.public_id)


@blueprint.get("/dogrulama/<public_id>")
@requires(READERS)
def round_page(public_id: str) -> Any:
    """Who was asked and what each answered."""
    round_ = round_or_404(public_id)
    if round_.sent_at is None and current_user.role in WRITERS:
        return redirect(url_for(".preview", public_id=public_id))
    totals = queries.totals([round_.id])[round_.id]
    chosen = words.chosen_states(request.args.get("durum", ""))
    return render_template(
        "verification/round.html",
        round=round_,
        totals=totals,
        summary=words.round_in_words(totals),
        parts=words.parts(round_, totals),
        chosen=request.args.get("durum", ""),
        page=queries.of_round(round_, chosen, page_number()),
        may_write=current_user.role in WRITERS,
    )


@blueprint.post("/dogrulama/<public_id>/kapat")
@requires(WRITERS)
@commit_on_success
def close_round(public_id: str) -> Any:
    round_ = round_or_404(public_id)
    operations.close_round(round_=round_, actor=Actor.account(current_user))
    flash(_("%(name)s is closed. Its links take no answer any more.", name=round_.name), "success")
    return redirect(url_for(".round_page", public_id=public_id), 303)


@blueprint.post("/dogrulama/<public_id>/sil")
@requires(WRITERS)
@commit_on_success
def drop_round(public_id: str) -> Any:
    round_ = round_or_404(public_id)
    operations.drop_round(round_=round_, actor=Actor.account(current_user))
    flash(_("%(name)s is dropped. Nobody was asked.", name=round_.name), "success")
    return redirect(url_for(".index"), 303)
