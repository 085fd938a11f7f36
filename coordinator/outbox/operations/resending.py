"""Call letters back, and send again what did not arrive."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock, jobs
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.outbox import queries
from coordinator.outbox.models import WAITING_STATES, LetterState, OutboxLetter
from coordinator.outbox.operations.writing import DELIVER

MAY_GO_AGAIN = (LetterState.FAILED, LetterState.CANCELLED, LetterState.BOUNCED)


class LetterOnItsWay(RuleBroken):
    """Only a letter that did not arrive can be sent again."""

    message = _l("This letter is already on its way or was delivered.")


class AddressOnHold(RuleBroken):
    """Nothing goes to an address from which a letter came back."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _l(
                "%(address)s is on hold because a letter to it came back. Clear the hold first,"
                " or correct the address.",
                address=address,
            )
        )


def cancel(letters: list[OutboxLetter]) -> int:
    """Call back letters that have not gone yet; return how many."""
    waiting = sa.update(OutboxLetter).where(
        OutboxLetter.id.in_([letter.id for letter in letters]),
        OutboxLetter.state.in_(WAITING_STATES),
    )
    result = db.session.execute(waiting.values(state=LetterState.CANCELLED, next_try_at=None))
    return int(result.rowcount)  # type: ignore[attr-defined]


def resend(letter: OutboxLetter, actor: Actor) -> None:
    """Queue a letter again that did not arrive, under the same Message-ID.

    Raises LetterOnItsWay for any other state, AddressOnHold while nothing goes to its address.
    """
    if letter.state in MAY_GO_AGAIN and queries.held([letter.to_address]):
        raise AddressOnHold(letter.to_address)
    if not _queue_again(OutboxLetter.id == letter.id, MAY_GO_AGAIN):
        raise LetterOnItsWay
    audit.record("letter.resent", letter, actor)
    jobs.nudge_after_commit(DELIVER)


def resend_all(
    actor: Actor,
    state: LetterState = LetterState.FAILED,
    *,
    only: sa.ColumnElement[bool] | None = None,
) -> int:
    """Queue every letter of a state again whose address is not on hold; return how many.

    `only` narrows it down. Raises LetterOnItsWay for a state whose letters need it not.
    """
    if state not in MAY_GO_AGAIN:
        raise LetterOnItsWay
    free = queries.is_not_held(OutboxLetter.to_address)
    again = _queue_again(free if only is None else sa.and_(free, only), (state,))
    deeds = [audit.Deed("letter.resent", number, subject, {}) for number, subject in again]
    audit.record_all(OutboxLetter.__tablename__, deeds, actor)
    jobs.nudge_after_commit(DELIVER)
    return len(again)


def _queue_again(which: sa.ColumnElement[bool], states: Sequence[LetterState]) -> Sequence[Any]:
    return db.session.execute(
        sa.update(OutboxLetter)
        .where(which, OutboxLetter.state.in_(states))
        .values(
            state=LetterState.QUEUED,
            attempts=0,
            next_try_at=clock.now(),
            retry_until=None,
            bounced_at=None,
            reason=None,
        )
        .returning(OutboxLetter.id, OutboxLetter.subject)
    ).all()
