"""Call letters back, and send again what did not arrive."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import set_committed_value

from coordinator import clock, jobs
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.outbox import queries
from coordinator.outbox.models import (
    NOT_ARRIVED,
    WAITING_STATES,
    LetterState,
    OutboxLetter,
    Trouble,
)
from coordinator.outbox.operations.writing import DELIVER

AT_ONCE = 5000


class LetterOnItsWay(RuleBroken):
    """Only a letter that did not arrive can be sent again."""

    message = _l("This letter is already on its way or was delivered.")


class LetterCalledBack(RuleBroken):
    """What was called back is not true any more."""

    message = _l("This letter was called back: what it says is no longer true. Write a new one.")


class RoundsRefused(RuleBroken):
    """No round letter goes to whoever has left them."""

    def __init__(self, address: str) -> None:
        super().__init__(_l("%(address)s wants no reminders, and this is one.", address=address))


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


def cancel(letters: Collection[OutboxLetter]) -> set[int]:
    """Call letters back: none of them is sent any more, nor again; return who are so from now on.

    What waits is cancelled. What is on its way has this one try; what did not arrive stays as it
    is, and cannot be sent again. Afterwards the state of each is as it is in the database.
    """
    called: set[int] = set()
    known = {letter.id: letter for letter in letters}
    ids = sorted(known)
    for start in range(0, len(ids), AT_ONCE):
        some = OutboxLetter.id.in_(ids[start : start + AT_ONCE])
        _mark(sa.and_(some, OutboxLetter.state == LetterState.CANCELLED))
        called |= set(_mark(sa.and_(some, OutboxLetter.state != LetterState.SENT)))
        for row in db.session.execute(
            sa.select(OutboxLetter.id, OutboxLetter.state, OutboxLetter.called_back_at).where(some)
        ):
            set_committed_value(known[row.id], "state", row.state)
            set_committed_value(known[row.id], "called_back_at", row.called_back_at)
    return called


def let_go_on(letters: Collection[OutboxLetter]) -> set[int]:
    """Let those that are on their way be tried again after all; return which are.

    For letters that were called back and say what is true again. Whatever has come to an end
    meanwhile, or is not wanted, stays called back.
    """
    ids = sorted(letter.id for letter in letters)
    going: set[int] = set()
    for start in range(0, len(ids), AT_ONCE):
        going |= set(
            db.session.scalars(
                sa.update(OutboxLetter)
                .where(
                    OutboxLetter.id.in_(ids[start : start + AT_ONCE]),
                    OutboxLetter.state == LetterState.SENDING,
                    queries.is_wanted(),
                )
                .values(called_back_at=None)
                .returning(OutboxLetter.id)
                .execution_options(synchronize_session=False)
            )
        )
    for letter in letters:
        if letter.id in going:
            set_committed_value(letter, "state", LetterState.SENDING)
            set_committed_value(letter, "called_back_at", None)
    return going


def _mark(which: sa.ColumnElement[bool]) -> Sequence[int]:
    """Mark letters in one statement, which sees each as the worker last left it."""
    waits = OutboxLetter.state.in_(WAITING_STATES)
    return db.session.scalars(
        sa.update(OutboxLetter)
        .where(which, OutboxLetter.called_back_at.is_(None))
        .values(
            called_back_at=clock.now(),
            state=sa.case((waits, LetterState.CANCELLED.value), else_=OutboxLetter.state),
            next_try_at=sa.case((waits, None), else_=OutboxLetter.next_try_at),
            reason=sa.case((waits, Trouble.CALLED_BACK.value), else_=OutboxLetter.reason),
        )
        .returning(OutboxLetter.id)
        .execution_options(synchronize_session=False)
    ).all()


def resend(letter: OutboxLetter, actor: Actor) -> None:
    """Queue a letter again that did not arrive, under the same Message-ID.

    Raises LetterOnItsWay for any other state, LetterCalledBack for one that is no longer true,
    AddressOnHold while nothing goes to its address, RoundsRefused for a round letter to somebody
    who wants none.
    """
    if letter.called_back_at is not None and letter.state in NOT_ARRIVED:
        raise LetterCalledBack
    if letter.state in NOT_ARRIVED and queries.held([letter.to_address]):
        raise AddressOnHold(letter.to_address)
    if letter.state in NOT_ARRIVED and letter.is_round and queries.has_left(letter.to_address):
        raise RoundsRefused(letter.to_address)
    if not _queue_again(OutboxLetter.id == letter.id, NOT_ARRIVED):
        raise LetterOnItsWay
    audit.record("letter.resent", letter, actor)
    jobs.nudge_after_commit(DELIVER)


def resend_all(
    actor: Actor,
    state: LetterState = LetterState.FAILED,
    *,
    only: sa.ColumnElement[bool] | None = None,
) -> int:
    """Queue every letter of a state again whose reader wants it and whose address is not on hold.

    Returns how many.

    `only` narrows it down. Raises LetterOnItsWay for a state whose letters need it not.
    """
    if state not in NOT_ARRIVED:
        raise LetterOnItsWay
    free = queries.is_not_held(OutboxLetter.to_address)
    again = _queue_again(free if only is None else sa.and_(free, only), (state,))
    deeds = [audit.Deed("letter.resent", number, subject, {}) for number, subject in again]
    audit.record_all(OutboxLetter.__tablename__, deeds, actor)
    jobs.nudge_after_commit(DELIVER)
    return len(again)


def resend_kept_back(address: str, actor: Actor) -> int:
    """Queue what did not go only because of a hold that is cleared now; return how many letters."""
    theirs = sa.func.lower(OutboxLetter.to_address) == queries.as_held(address)
    return resend_all(actor, only=sa.and_(theirs, queries.kept_back()))


def _queue_again(which: sa.ColumnElement[bool], states: Sequence[LetterState]) -> Sequence[Any]:
    return db.session.execute(
        sa.update(OutboxLetter)
        .where(
            which,
            queries.is_wanted(),
            OutboxLetter.state.in_(states),
            OutboxLetter.called_back_at.is_(None),
        )
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
