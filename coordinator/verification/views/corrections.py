"""What organisations propose, before and after, and the branch's word on it."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.verification import operations, queries
from coordinator.verification.blueprint import blueprint
from coordinator.verification.forms import DecideForm
from coordinator.verification.models import ProposedChange, Verification
from coordinator.verification.operations import Taken
from coordinator.verification.sheet import EVERYTHING, version_of
from coordinator.verification.shown import shown_changes
from coordinator.verification.views.loading import verification_or_404


@blueprint.get("/dogrulama/duzeltmeler")
@requires(READERS)
def corrections() -> Any:
    """The organisations whose corrections wait, the longest waiting first."""
    return render_template("verification/corrections.html", waiting=queries.corrections())


@blueprint.get("/dogrulama/duzeltmeler/<public_id>")
@requires(READERS)
def correction(public_id: str) -> Any:
    """One organisation's corrections: before, after, and what is stored by now."""
    answer = verification_or_404(public_id)
    changes = shown_changes(answer, EVERYTHING)
    return render_template(
        "verification/correction.html",
        answer=answer,
        organization=answer.organization,
        waiting=[one for one in changes if one.waits],
        decided=[one for one in changes if not one.waits],
        may_write=current_user.role in WRITERS and answer.organization.merged_into_id is None,
        version=version_of(answer.organization, answer),
    )


@blueprint.post("/dogrulama/duzeltmeler/<public_id>/hepsi")
@requires(WRITERS)
@commit_on_success
def accept_all(public_id: str) -> Any:
    answer = verification_or_404(public_id)
    try:
        taken = operations.accept_all(
            verification=answer,
            version=DecideForm().opened_version,
            actor=Actor.account(current_user),
        )
    except RuleBroken as error:
        return _refused(error, public_id)
    flash(*_taken(taken))
    return _onwards(answer)


@blueprint.post("/dogrulama/duzeltmeler/<public_id>/karar/<int:number>")
@requires(WRITERS)
@commit_on_success
def decide(public_id: str, number: int) -> Any:
    answer = verification_or_404(public_id)
    change = _change(answer, number)
    accept = request.form.get("karar") == "al"
    try:
        operations.decide(
            change=change,
            accept=accept,
            version=DecideForm().opened_version,
            actor=Actor.account(current_user),
        )
    except RuleBroken as error:
        return _refused(error, public_id)
    flash(_("The correction is taken over.") if accept else _("The record stays as it was."),
          "success")  # fmt: skip
    return _onwards(answer)


@blueprint.post("/dogrulama/duzeltmeler/<public_id>/okundu")
@requires(WRITERS)
@commit_on_success
def acknowledge(public_id: str) -> Any:
    answer = verification_or_404(public_id)
    try:
        operations.acknowledge(verification=answer, actor=Actor.account(current_user))
    except RuleBroken as error:
        return _refused(error, public_id)
    flash(_("Noted: the details were checked today."), "success")
    return _onwards(answer)


def _change(answer: Verification, number: int) -> ProposedChange:
    found = next((one for one in answer.changes if one.id == number), None)
    if found is None:
        abort(404)
    return found


def _refused(error: RuleBroken, public_id: str) -> Any:
    """Take the deed back, say why, and show the page as it stands now."""
    db.session.rollback()
    flash(str(error.message), "error")
    return redirect(url_for(".correction", public_id=public_id), 303)


def _taken(taken: Taken) -> tuple[str, str]:
    done = ngettext(
        "One correction is taken over.", "%(num)s corrections are taken over.", taken.accepted
    )
    if not taken.left:
        return done, "success"
    left = ngettext(
        "One value was changed meanwhile; decide on it by itself.",
        "%(num)s values were changed meanwhile; decide on them one by one.",
        taken.left,
    )
    return f"{done}\n{left}" if taken.accepted else left, "warning"


def _onwards(answer: Verification) -> Any:
    """Stay while something waits here; then lead to the next organisation that waits."""
    if answer.open_changes:
        return redirect(url_for(".correction", public_id=answer.public_id), 303)
    return redirect(url_for(".corrections"), 303)
