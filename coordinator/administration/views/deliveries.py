"""Letters: which have gone, which wait, which came back and why."""

import re
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
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
from coordinator.outbox.models import NOT_ARRIVED, LetterState, OutboxLetter

ORDER = (
    LetterState.SENT,
    LetterState.QUEUED,
    LetterState.SENDING,
    LetterState.DEFERRED,
    LetterState.BOUNCED,
    LetterState.FAILED,
    LetterState.CANCELLED,
)
_MARKED = re.compile(r"https?://\S*LINK-[0-9a-f]+\S*")


def letter_of(public_id: str) -> OutboxLetter:
    letter = outbox.by_public_id(public_id) or abort(404)
    authorize(can_read_letter, letter)
    return letter


def shown(letter: OutboxLetter, refusal: Any = None) -> str:
    """Return the letter's page; the reader's personal links are not for anybody else."""
    held = outbox.held([letter.to_address]).get(letter.to_address)
    may_write = current_user.role in WRITERS
    return render_template(
        "administration/delivery.html",
        letter=letter,
        held=held,
        waiting=outbox.count_kept_back([held]).get(held.address, 0) if held else 0,
        may_write=may_write,
        text=_MARKED.sub(_("[the reader’s own link]"), letter.text),
        may_be_resent=may_write
        and not held
        and letter.called_back_at is None
        and letter.state in NOT_ARRIVED,
        refusal=refusal,
    )


def parts_of(counts: Mapping[LetterState, int]) -> list[tuple[Any, ...]]:
    """Return what became of all letters, for the bar: each part leads to its letters."""
    return [
        (counts[state], state.word, state.shape, state.tone,
         url_for("administration.deliveries", durum=state.value), False)
        for state in ORDER
    ]  # fmt: skip


@blueprint.get("/yonetim/gonderiler")
@requires(READERS)
def deliveries() -> Any:
    state = LetterState(asked("durum")) if asked("durum") in set(LetterState) else None
    counts = queries.letter_counts(current_user)
    return render_template(
        "administration/deliveries.html",
        page=paged(queries.letters(current_user, state=state, search=asked("ara"))),
        state=state,
        states=LetterState.choices(),
        search=asked("ara"),
        counts=counts,
        parts=parts_of(counts),
        put_off=outbox.put_off(),
        on_hold=outbox.count_held(),
        again=queries.count_failed_lately() if current_user.role in WRITERS else 0,
    )


@blueprint.post("/yonetim/gonderiler/hepsi/yeniden")
@requires(WRITERS)
@commit_on_success
def resend_all() -> Any:
    actor = Actor.account(current_user)
    count = operations.resend_all(actor, only=queries.failed_lately())
    flash(
        ngettext(
            "One letter waits to be sent again.",
            "%(num)s letters wait to be sent again.",
            count,
        ),
        "success",
    )
    return redirect(url_for("administration.deliveries"))


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
