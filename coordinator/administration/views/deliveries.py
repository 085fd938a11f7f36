"""Letters: which have gone, which wait, which came back and why."""

import re
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import READERS, WRITERS, authorize, requires
from coordinator.actors import Actor
from coordinator.administration import queries
from coordinator.administration.permissions import can_read_letter
from coordinator.administration.views.blueprint import asked, blueprint, paged
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.outbox import operations
from coordinator.outbox import queries as outbox
from coordinator.outbox.models import LetterState, OutboxLetter

MAY_BE_RESENT = (LetterState.FAILED, LetterState.CANCELLED)
_MARKED = re.compile(r"https?://\S*LINK-[0-9a-f]+\S*")


def letter_of(public_id: str) -> OutboxLetter:
    letter = outbox.by_public_id(public_id) or abort(404)
    authorize(can_read_letter, letter)
    return letter


def shown(letter: OutboxLetter, refusal: Any = None) -> str:
    """Return the letter's page; the reader's personal links are not for anybody else."""
    return render_template(
        "administration/delivery.html",
        letter=letter,
        text=_MARKED.sub(_("[the reader’s own link]"), letter.text),
        may_be_resent=letter.state in MAY_BE_RESENT and current_user.role in WRITERS,
        refusal=refusal,
    )


@blueprint.get("/yonetim/gonderiler")
@requires(READERS)
def deliveries() -> Any:
    state = LetterState(asked("durum")) if asked("durum") in set(LetterState) else None
    return render_template(
        "administration/deliveries.html",
        page=paged(queries.letters(current_user, state=state, search=asked("ara"))),
        state=state,
        states=LetterState.choices(),
        search=asked("ara"),
        counts=queries.letter_counts(current_user),
    )


@blueprint.get("/yonetim/gonderiler/<public_id>")
@requires(READERS)
def delivery(public_id: str) -> Any:
    return shown(letter_of(public_id))


@blueprint.post("/yonetim/gonderiler/<public_id>/yeniden")
@requires(WRITERS)
@commit_on_success
def resend(public_id: str) -> Any:
    letter = letter_of(public_id)
    try:
        operations.resend(letter, Actor.account(current_user))
    except RuleBroken as error:
        return shown(letter, refusal=error.message), error.status
    flash(_("The letter waits to be sent again."), "success")
    return redirect(url_for("administration.delivery", public_id=public_id))
