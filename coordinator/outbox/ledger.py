"""What the database knows of deliveries: whose turn it is, and how each try ended.

Every deed here is one short transaction; none is open while a mail server is talked to.
Moments are the database server's where there is one, so that workers whose clocks differ agree.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app

from coordinator import clock
from coordinator.database import will_write
from coordinator.extensions import db
from coordinator.links import PersonalLink, token_of
from coordinator.outbox.models import (
    OPEN_STATES,
    WAITING_STATES,
    DeliveryAttempt,
    LetterState,
    OutboxLetter,
    Trouble,
)

PAUSES = (1, 2, 4)
LONGEST_PAUSE = 5
PATIENCE = 240
"""In units of OUTBOX_RETRY_SECONDS: with its 60 seconds, pauses of 5 minutes for 4 hours."""
ADOPT_SECONDS = 10
RATE_LOCK = 728_001
MINUTE = timedelta(minutes=1)

letters = sa.inspect(OutboxLetter).local_table
attempts = sa.inspect(DeliveryAttempt).local_table
CONTENT = (
    letters.c.id,
    letters.c.to_name,
    letters.c.to_address,
    letters.c.subject,
    letters.c.text,
    letters.c.html,
    letters.c.calendar,
    letters.c.calendar_method,
    letters.c.links,
    letters.c.message_id,
    letters.c.attempts,
    letters.c.retry_until,
    letters.c.created_at,
)
"""What of a letter is needed to send it."""


@dataclass(frozen=True)
class Outcome:
    """How a try ended."""

    state: LetterState
    reason: str | None = None


@dataclass(frozen=True)
class Claimed:
    """A letter that this process alone may send now, and the tokens of its links."""

    row: Any
    tokens: dict[str, str]


class Ledger:
    """The deliveries of one run, over one database connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        config = current_app.config
        self.postgres = connection.dialect.name == "postgresql"
        self.retry = timedelta(seconds=config["OUTBOX_RETRY_SECONDS"])
        self.lease = timedelta(seconds=config["OUTBOX_LEASE_SECONDS"])
        self.per_minute = config["OUTBOX_PER_MINUTE"]
        self.adopted = 0.0
        with reading():
            self.ahead = self._ahead()

    def now(self) -> datetime:
        """Return the present moment by the database server's clock."""
        return clock.now() + self.ahead

    def due(self) -> bool:
        """Is it some letter's turn?"""
        with reading(), self.connection.begin():
            query = sa.select(sa.literal(1)).where(
                letters.c.next_try_at <= self.now(), letters.c.state.in_(OPEN_STATES)
            )
            return self.connection.scalar(query.limit(1)) is not None

    def next_turn(self) -> datetime | None:
        """Return when the next letter's turn comes, by this machine's clock; None if all is done."""
        query = (
            sa.select(letters.c.next_try_at)
            .where(letters.c.next_try_at.is_not(None), letters.c.state.in_(OPEN_STATES))
            .order_by(letters.c.next_try_at, letters.c.id)
            .limit(1)
        )
        with reading(), self.connection.begin():
            turn = self.connection.scalar(query)
            free = self._free_at() if turn and self.per_minute else None
        return max(turn, free or turn) - self.ahead if turn else None

    def step(
        self, done: tuple[Claimed, Outcome] | None = None, *, claim: bool = True
    ) -> Claimed | None:
        """Write down how the letter in hand fared and take the next one, in one transaction."""
        with self.connection.begin():
            now = self.now()
            if done is not None:
                self._settle(*done, now)
            if not claim:
                return None
            if time.monotonic() - self.adopted > ADOPT_SECONDS:
                self._adopt(now, letters.c.next_try_at <= now)
                self.adopted = time.monotonic()
            return self._claim(now)

    def adopt_all(self) -> int:
        """Take over every letter in hand: whoever had it is known to be gone."""
        with self.connection.begin():
            return self._adopt(self.now(), sa.true())

    def put_off(self, reason: str) -> int:
        """Put off every letter whose turn it is: the mail server takes none. Return how many."""
        with self.connection.begin():
            now = self.now()
            ids = self._waiting(now)
            ended = sa.func.coalesce(letters.c.retry_until <= now, sa.false())
            pauses = {n: now + self.retry * pause for n, pause in enumerate(PAUSES)}
            later = sa.case(pauses, value=letters.c.attempts, else_=now + self._pause(99))
            touched = self.connection.execute(
                sa.update(letters)
                .where(letters.c.id.in_(ids.scalar_subquery()))
                .values(
                    state=sa.case((ended, LetterState.FAILED.value), else_="deferred"),
                    next_try_at=sa.case((ended, None), else_=later),
                    retry_until=sa.func.coalesce(
                        letters.c.retry_until, now + self.retry * PATIENCE
                    ),
                    attempts=letters.c.attempts + 1,
                    reason=reason,
                )
                .returning(letters.c.id, letters.c.state)
            ).all()
            for row in touched:
                self._note(row.id, Outcome(row.state, reason), now)
            return len(touched)

    def _waiting(self, now: datetime) -> Any:
        query = (
            sa.select(letters.c.id)
            .where(letters.c.next_try_at <= now, letters.c.state.in_(WAITING_STATES))
            .order_by(letters.c.next_try_at, letters.c.id)
        )
        return query.with_for_update(skip_locked=True) if self.postgres else query

    def _claim(self, now: datetime) -> Claimed | None:
        if self.per_minute and not self._has_room(now):
            return None
        row = self.connection.execute(
            sa.update(letters)
            .where(letters.c.id == self._waiting(now).limit(1).scalar_subquery())
            .values(
                state=LetterState.SENDING,
                attempts=letters.c.attempts + 1,
                next_try_at=now + self.lease,
            )
            .returning(*CONTENT)
        ).one_or_none()
        return None if row is None else Claimed(row, self._tokens(row.links))

    def _tokens(self, links: dict[str, int]) -> dict[str, str]:
        if not links:
            return {}
        query = sa.select(PersonalLink.id, PersonalLink.purpose, PersonalLink.nonce).where(
            PersonalLink.id.in_(links.values())
        )
        found = {
            row.id: token_of(PersonalLink(purpose=row.purpose, nonce=row.nonce))
            for row in self.connection.execute(query)
        }
        return {marker: found[link] for marker, link in links.items() if link in found}

    def _settle(self, letter: Claimed, outcome: Outcome, now: datetime) -> None:
        row, change = letter.row, sa.update(letters).where(letters.c.id == letter.row.id)
        if outcome.state is LetterState.SENT:
            # Whoever else has it by now: it arrived, and must not go again.
            change = change.where(letters.c.state != LetterState.SENT).values(
                state=LetterState.SENT, sent_at=now, next_try_at=None, reason=None
            )
        else:
            outcome, next_try_at, until = self._after_failure(row, outcome, now)
            change = change.where(
                letters.c.state == LetterState.SENDING, letters.c.attempts == row.attempts
            ).values(
                state=outcome.state,
                next_try_at=next_try_at,
                retry_until=until,
                reason=outcome.reason,
            )
        if self.connection.execute(change).rowcount:
            self._note(row.id, outcome, now)

    def _after_failure(
        self, row: Any, outcome: Outcome, now: datetime
    ) -> tuple[Outcome, datetime | None, datetime | None]:
        until = row.retry_until or now + self.retry * PATIENCE
        if outcome.state is LetterState.DEFERRED and now < until:
            return outcome, min(now + self._pause(row.attempts), until), until
        return Outcome(LetterState.FAILED, outcome.reason), None, row.retry_until

    def _pause(self, attempt: int) -> timedelta:
        return self.retry * (PAUSES[attempt - 1] if attempt <= len(PAUSES) else LONGEST_PAUSE)

    def _adopt(self, now: datetime, which: Any) -> int:
        query = sa.select(letters.c.id, letters.c.attempts, letters.c.retry_until).where(
            letters.c.state == LetterState.SENDING, which
        )
        if self.postgres:
            query = query.with_for_update(skip_locked=True)
        orphans = self.connection.execute(query).all()
        for row in orphans:
            unknown = Outcome(LetterState.DEFERRED, Trouble.UNKNOWN.because())
            outcome, later, until = self._after_failure(row, unknown, now)
            at_once = outcome.state is LetterState.DEFERRED and row.attempts < len(PAUSES)
            self.connection.execute(
                sa.update(letters)
                .where(letters.c.id == row.id)
                .values(
                    state=outcome.state,
                    next_try_at=now if at_once else later,
                    retry_until=until,
                    reason=outcome.reason,
                )
            )
            self._note(row.id, outcome, now)
        return len(orphans)

    def _note(self, letter_id: int, outcome: Outcome, now: datetime) -> None:
        self.connection.execute(
            sa.insert(attempts).values(
                letter_id=letter_id,
                outcome=outcome.state,
                reason=outcome.reason,
                created_at=now,
                updated_at=now,
            )
        )

    def _has_room(self, now: datetime) -> bool:
        if self.postgres:
            self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(RATE_LOCK)))
        tried = sa.select(sa.func.count()).where(attempts.c.created_at > now - MINUTE)
        in_hand = sa.select(sa.func.count()).where(letters.c.state == LetterState.SENDING)
        used = sa.select(tried.scalar_subquery() + in_hand.scalar_subquery())
        return int(self.connection.scalar(used) or 0) < self.per_minute

    def _free_at(self) -> datetime | None:
        query = sa.select(attempts.c.created_at).order_by(attempts.c.created_at.desc())
        full = self.connection.scalar(query.offset(self.per_minute - 1).limit(1))
        return full + MINUTE if full else None

    def _ahead(self) -> timedelta:
        if not self.postgres:
            return timedelta()
        with self.connection.begin():
            there = self.connection.scalar(sa.select(sa.func.clock_timestamp()))
        return there - clock.now()  # type: ignore[no-any-return,operator]


@contextmanager
def reading() -> Iterator[None]:
    """Say that the block's transactions only read."""
    before = will_write.set(False)
    try:
        yield
    finally:
        will_write.reset(before)


@contextmanager
def opened() -> Iterator[Ledger]:
    """Give a ledger over a connection of its own."""
    with db.engine.connect() as connection:
        yield Ledger(connection)
