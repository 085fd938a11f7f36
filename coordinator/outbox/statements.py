"""The outbox's statements, put together once: they run for every letter."""

from collections.abc import Collection
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import bindparam

from coordinator.links import PersonalLink
from coordinator.outbox.models import (
    OPEN_STATES,
    WAITING_STATES,
    DeliveryAttempt,
    LetterState,
    OutboxLetter,
    Trouble,
)
from coordinator.records import UtcDateTime

MOMENT = UtcDateTime()
letters = cast(sa.Table, OutboxLetter.__table__)
attempts = cast(sa.Table, DeliveryAttempt.__table__)
links = cast(sa.Table, PersonalLink.__table__)

now = bindparam("moment", type_=MOMENT)
until = bindparam("until", type_=MOMENT)
later = bindparam("later", type_=MOMENT)
since = bindparam("since", type_=MOMENT)
number = bindparam("number", type_=sa.Integer())
most = bindparam("most", type_=sa.Integer())
ids = bindparam("ids", expanding=True, type_=sa.Integer())

CONTENT = (
    letters.c.id, letters.c.to_name, letters.c.to_address, letters.c.subject, letters.c.text,
    letters.c.html, letters.c.calendar, letters.c.calendar_method, letters.c.links,
    letters.c.message_id, letters.c.attempts, letters.c.retry_until, letters.c.created_at,
    letters.c.public_id, letters.c.is_answered_by_mail, letters.c.is_round,
)  # fmt: skip
"""What of a letter is needed to send it."""


def is_one_of(states: Collection[LetterState]) -> sa.ColumnElement[bool]:
    """Return that a letter's state is one of these, said by which it is not.

    So SQLite goes by the index of turns, which has them in order; by the index of states it would
    sort all that wait for each letter that it takes.
    """
    return letters.c.state.not_in([one for one in LetterState if one not in states])


DUE = sa.select(sa.func.count()).select_from(
    sa.select(letters.c.id)
    .where(letters.c.next_try_at <= now, is_one_of(OPEN_STATES))
    .limit(most)
    .subquery()
)
NEXT_TURN = (
    sa.select(letters.c.next_try_at)
    .where(letters.c.next_try_at.is_not(None), is_one_of(OPEN_STATES))
    .order_by(letters.c.next_try_at, letters.c.id)
    .limit(1)
)
WAITING = (
    sa.select(letters.c.id)
    .where(letters.c.next_try_at <= now, is_one_of(WAITING_STATES))
    .order_by(letters.c.next_try_at, letters.c.id)
)
IN_HAND = sa.select(letters.c.id, letters.c.attempts, letters.c.retry_until).where(
    letters.c.state == LetterState.SENDING
)
OVERDUE_IN_HAND = IN_HAND.where(letters.c.next_try_at <= now)
LINKS = sa.select(links.c.id, links.c.purpose, links.c.nonce).where(links.c.id.in_(ids))
SENT = (
    # Whoever else has it by now: it went, and must not go again. What came back stays so.
    sa.update(letters)
    .where(
        letters.c.id.in_(ids),
        letters.c.state.not_in([LetterState.SENT, LetterState.BOUNCED]),
    )
    .values(state=LetterState.SENT, sent_at=now, next_try_at=None, reason=None, updated_at=now)
    .returning(letters.c.id)
)
CALLED_BACK = letters.c.called_back_at.is_not(None)
NOT_SENT = (
    # What was called back while it was on its way does not go again.
    sa.update(letters)
    .where(
        letters.c.id == number,
        letters.c.state == LetterState.SENDING,
        letters.c.attempts == bindparam("attempt"),
    )
    .values(
        state=sa.case(
            (CALLED_BACK, LetterState.CANCELLED.value),
            else_=bindparam("outcome", type_=letters.c.state.type),
        ),
        next_try_at=sa.case((CALLED_BACK, None), else_=later),
        retry_until=until,
        reason=sa.case((CALLED_BACK, Trouble.CALLED_BACK.value), else_=bindparam("words")),
        updated_at=now,
    )
)
NOTE = sa.insert(attempts).values(
    letter_id=number,
    outcome=bindparam("outcome", type_=attempts.c.outcome.type),
    reason=bindparam("words"),
    is_try=True,
    created_at=now,
    updated_at=now,
)
USED_THIS_MINUTE = sa.select(
    sa.select(sa.func.count())
    .where(attempts.c.created_at > since, attempts.c.is_try)
    .scalar_subquery()
    + sa.select(sa.func.count()).where(letters.c.state == LetterState.SENDING).scalar_subquery()
)
LATEST_TRIES = (
    sa.select(attempts.c.created_at)
    .where(attempts.c.created_at > since, attempts.c.is_try)
    .order_by(attempts.c.created_at.desc())
)


def note_of_many(outcome: Any, reason: Any, is_try: Any, moment: Any) -> Any:
    """Return the statement that notes the same of many letters at once."""
    columns = ["letter_id", "outcome", "reason", "is_try", "created_at", "updated_at"]
    noted = sa.select(letters.c.id, outcome, reason, is_try, moment, moment)
    return sa.insert(attempts).from_select(
        columns, noted.where(letters.c.id.in_(ids)), include_defaults=False
    )


PUT_OFF = note_of_many(letters.c.state, letters.c.reason, sa.false(), letters.c.updated_at)
"""No server took them."""
NOTE_SENT = note_of_many(sa.literal(LetterState.SENT.value), sa.null(), sa.true(), now)


def claim(first: Any) -> Any:
    """Return the statement that takes the letters that are among `first` and returns them whole."""
    return (
        sa.update(letters)
        .where(first)
        .values(
            state=LetterState.SENDING,
            attempts=letters.c.attempts + 1,
            next_try_at=later,
            updated_at=now,
        )
        .returning(*CONTENT)
    )


SKIPPING = WAITING.with_for_update(skip_locked=True)
CLAIM = claim(letters.c.id.in_(WAITING.limit(most).scalar_subquery()))
# As an array it is asked once. As a set PostgreSQL may ask it again for each row, and take more.
CLAIM_SKIPPING = claim(
    letters.c.id == sa.any_(sa.func.array(SKIPPING.limit(most).scalar_subquery()))
)
