"""Who will be asked, the letter as it will arrive, and the buttons that send and remind."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator.access import WRITERS, public, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.headers import LETTER_POLICY
from coordinator.institution import queries as institution
from coordinator.letters import Letter
from coordinator.links import absolute
from coordinator.verification import operations, queries
from coordinator.verification.blueprint import blueprint
from coordinator.verification.emails import QUESTION, Envelope, Writer
from coordinator.verification.models import Round
from coordinator.verification.operations import Sent
from coordinator.verification.views import words
from coordinator.verification.views.loading import round_or_404

SHOWN = 100


@blueprint.get("/kayit/deneme")
@public
def example() -> Any:
    """Where the link of a letter in the preview leads."""
    return render_template("verification/example.html")


@blueprint.get("/dogrulama/<public_id>/onizleme")
@requires(WRITERS)
def preview(public_id: str) -> Any:
    round_ = round_or_404(public_id)
    plan = queries.plan_of(round_)
    place = min(max(request.args.get("mektup", 1, int), 1), max(plan.letters, 1))
    return render_template(
        "verification/preview.html",
        round=round_,
        plan=plan,
        scope=words.scope(round_),
        letter=_letter(round_, plan, place) if plan.letters else None,
        place=place,
        reached=plan.reached(0, SHOWN),
        to_call=plan.to_call(SHOWN),
    )


@blueprint.get("/dogrulama/<public_id>/onizleme/<int:place>")
@requires(WRITERS)
def letter_sheet(public_id: str, place: int) -> Response:
    """The HTML of one letter, for the frame of the preview: it may use styles, and nothing else."""
    round_ = round_or_404(public_id)
    plan = queries.plan_of(round_)
    if not 1 <= place <= plan.letters:
        abort(404)
    letter = _letter(round_, plan, place)
    return Response(letter.html, headers={"Content-Security-Policy": LETTER_POLICY})


@blueprint.post("/dogrulama/<public_id>/gonder")
@requires(WRITERS)
@commit_on_success
def send(public_id: str) -> Any:
    round_ = round_or_404(public_id)
    try:
        sent = operations.send(round_=round_, actor=Actor.account(current_user))
    except RuleBroken as error:
        flash(str(error), "error")
        return redirect(url_for(".preview", public_id=public_id), 303)
    flash(*_news(sent))
    return redirect(url_for(".round_page", public_id=public_id), 303)


@blueprint.post("/dogrulama/<public_id>/hatirlat")
@requires(WRITERS)
@commit_on_success
def remind(public_id: str) -> Any:
    count = operations.remind(round_=round_or_404(public_id), actor=Actor.account(current_user))
    if count:
        told = ngettext("One reminder is queued.", "%(num)s reminders are queued.", count)
        flash(told, "success")
    else:
        flash(_("Nobody to remind: the last letters are not a day old yet."), "info")
    return redirect(url_for(".round_page", public_id=public_id), 303)


def _news(sent: Sent) -> tuple[str, str]:
    if not sent.asked and not sent.letters:
        return _("All of them are asked already; nothing was sent twice."), "info"
    queued = ngettext("One letter is queued.", "%(num)s letters are queued.", sent.letters)
    calls = ngettext(
        "One organisation is on the phone list.",
        "%(num)s organisations are on the phone list.",
        sent.unreachable,
    )
    parts = [queued if sent.letters else "", calls if sent.unreachable else ""]
    return "\n".join(part for part in parts if part), "success"


def _letter(round_: Round, plan: queries.Plan, place: int) -> Letter:
    """Return the letter as it will arrive, but for the personal link."""
    (one,) = plan.reached(place - 1, 1)
    envelope = Envelope(one.recipient, one.name, absolute("verification.example"))
    return Writer(round_, institution.current()).write(QUESTION, envelope)
