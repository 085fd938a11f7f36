"""What the database knows of deliveries: whose turn it is, and how each try ended.

Every deed here is one short transaction; none is open while a mail server is talked to.
Moments are the database server's where there is one, so that workers whose clocks differ agree.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
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
from coordinator.outbox import statements as say
from coordinator.outbox.models import LetterState, Trouble

PAUSES = (1, 2, 4)
LONGEST_PAUSE = 5
PATIENCE = 240
"""In units of OUTBOX_RETRY_SECONDS: with its 60 seconds, pauses of 5 minutes for 4 hours."""
LEAST_PATIENCE = timedelta(hours=4)
ADOPT_SECONDS = 10
RATE_LOCK = 728_001
AT_ONCE = 5000
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Outcome:
    """How a try ended."""

    state: LetterState
    reason: str | None = None
    is_the_address: bool = False
    """Did the mail server say that the address is to blame?"""


@dataclass(frozen=True)
class Claimed:
    """A letter that this process alone may send now, and the tokens of its links."""

    row: Any
    tokens: dict[str, str]


@dataclass(frozen=True)
class Step:
    """What a connection asks between two letters: write down how one fared, give the next."""

    done: tuple[Claimed, Outcome] | None = None
    claim: bool = True


class Ledger:
    """The deliveries of one run, over one database connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        config = current_app.config
        self.postgres = connection.dialect.name == "postgresql"
        self.retry = timedelta(seconds=config["OUTBOX_RETRY_SECONDS"])
        self.patience = max(self.retry * PATIENCE, LEAST_PATIENCE)
        self.lease = timedelta(seconds=config["OUTBOX_LEASE_SECONDS"])
        self.per_minute = config["OUTBOX_PER_MINUTE"]
        self.adopted = 0.0
        with reading():
            self.ahead = self._ahead()

    def now(self) -> datetime:
        """Return the present moment by the database server's clock."""
        return clock.now() + self.ahead

    def due(self, most: int = 1) -> int:
        """Return how many letters' turn it is, counting no further than `most`."""
        with reading(), self.connection.begin():
            return self.connection.scalar(say.DUE, {"moment": self.now(), "most": most}) or 0

    def next_turn(self) -> datetime | None:
        """Return when the next turn comes, by this machine's clock; None if all is done."""
        with reading(), self.connection.begin():
            turn = self.connection.scalar(say.NEXT_TURN)
            free = self._free_at() if turn and self.per_minute else None
        return max(turn, free or turn) - self.ahead if turn else None

    def step(
        self, done: tuple[Claimed, Outcome] | None = None, *, claim: bool = True
    ) -> Claimed | None:
        """Write down how the letter in hand fared and take the next one, in one transaction."""
        return self.steps([Step(done, claim)])[0]

    def steps(self, asked: Sequence[Step]) -> list[Claimed | None]:
        """Take the steps of several connections in one transaction; return what each got."""
        with self.connection.begin():
            now = self.now()
            self._settle([step.done for step in asked if step.done is not None], now)
            wanted = sum(step.claim for step in asked)
            if wanted and time.monotonic() - self.adopted > ADOPT_SECONDS:
                self._adopt(now, say.OVERDUE_IN_HAND)
                self.adopted = time.monotonic()
            taken = iter(self._claim(wanted, now) if wanted else ())
        return [next(taken, None) if step.claim else None for step in asked]

    def adopt_all(self) -> int:
        """Take over every letter in hand: whoever had it is known to be gone."""
        with self.connection.begin():
            return self._adopt(self.now(), say.IN_HAND)

    def put_off(self, reason: str) -> Counter[LetterState]:
        """Put off every letter whose turn it is: the mail server takes none."""
        with self.connection.begin():
            now = self.now()
            letters, waiting = say.letters, say.SKIPPING if self.postgres else say.WAITING
            ended = sa.func.coalesce(letters.c.retry_until <= now, sa.false())
            pauses = {n: now + self.retry * pause for n, pause in enumerate(PAUSES)}
            later = sa.case(pauses, value=letters.c.attempts, else_=now + self._pause(99))
            touched = self.connection.execute(
                sa.update(letters)
                .where(letters.c.id.in_(waiting.scalar_subquery()))
                .values(
                    state=sa.case(
                        (ended, LetterState.FAILED.value), else_=LetterState.DEFERRED.value
                    ),
                    next_try_at=sa.case((ended, None), else_=later),
                    retry_until=sa.func.coalesce(letters.c.retry_until, now + self.patience),
                    attempts=letters.c.attempts + 1,
                    reason=reason,
                    updated_at=now,
                )
                .returning(letters.c.id, letters.c.state),
                {"moment": now},
            ).all()
            for start in range(0, len(touched), AT_ONCE):
                some = [row.id for row in touched[start : start + AT_ONCE]]
                self.connection.execute(say.PUT_OFF, {"ids": some})
            return Counter(row.state for row in touched)

    def _claim(self, wanted: int, now: datetime) -> list[Claimed]:
        if self.per_minute:
            wanted = min(wanted, self._room(now))
        if not wanted:
            return []
        claim = say.CLAIM_SKIPPING if self.postgres else say.CLAIM
        times = {"moment": now, "later": now + self.lease, "most": wanted}
        rows = sorted(self.connection.execute(claim, times), key=lambda row: row.id)
        tokens = self._tokens(rows)
        return [Claimed(row, tokens[row.id]) for row in rows]

    def _tokens(self, rows: Sequence[Any]) -> dict[int, dict[str, str]]:
        """Return the tokens of each letter's links, by its markers."""
        links = [link for row in rows for link in row.links.values()]
        found = {
            row.id: token_of(PersonalLink(purpose=row.purpose, nonce=row.nonce))
            for row in (self.connection.execute(say.LINKS, {"ids": links}) if links else ())
        }
        return {
            row.id: {marker: found[link] for marker, link in row.links.items() if link in found}
            for row in rows
        }

    def _settle(self, done: Sequence[tuple[Claimed, Outcome]], now: datetime) -> None:
        sent = [letter.row.id for letter, outcome in done if outcome.state is LetterState.SENT]
        if sent:
            some = {"ids": sent, "moment": now}
            settled = self.connection.scalars(say.SENT, some).all()
            if settled:
                self.connection.execute(say.NOTE_SENT, {"ids": settled, "moment": now})
        for letter, outcome in done:
            if outcome.state is not LetterState.SENT:
                ended, later, until = self._after_failure(letter.row, outcome, now)
                if self._write(letter.row, ended, now, later, until).rowcount:
                    self._note(letter.row.id, ended, now)

    def _write(
        self,
        row: Any,
        outcome: Outcome,
        now: datetime,
        later: datetime | None,
        until: datetime | None,
    ) -> Any:
        return self.connection.execute(
            say.NOT_SENT,
            {
                "number": row.id,
                "attempt": row.attempts,
                "outcome": outcome.state,
                "words": outcome.reason,
                "later": later,
                "until": until,
                "moment": now,
            },
        )

    def _after_failure(
        self, row: Any, outcome: Outcome, now: datetime
    ) -> tuple[Outcome, datetime | None, datetime | None]:
        until = row.retry_until or now + self.patience
        if outcome.state is LetterState.DEFERRED and now < until:
            return outcome, min(now + self._pause(row.attempts), until), until
        return Outcome(LetterState.FAILED, outcome.reason), None, row.retry_until

    def _pause(self, attempt: int) -> timedelta:
        return self.retry * (PAUSES[attempt - 1] if attempt <= len(PAUSES) else LONGEST_PAUSE)

    def _adopt(self, now: datetime, which: Any) -> int:
        query = which.with_for_update(skip_locked=True) if self.postgres else which
        orphans = self.connection.execute(query, {"moment": now}).all()
        for row in orphans:
            unknown = Outcome(LetterState.DEFERRED, Trouble.UNKNOWN.because())
            outcome, later, until = self._after_failure(row, unknown, now)
            if outcome.state is LetterState.DEFERRED and row.attempts < len(PAUSES):
                later = now
            self._write(row, outcome, now, later, until)
            self._note(row.id, outcome, now)
        return len(orphans)

    def _note(self, letter_id: int, outcome: Outcome, now: datetime) -> None:
        values = {"outcome": outcome.state, "words": outcome.reason, "moment": now}
        self.connection.execute(say.NOTE, {"number": letter_id, **values})

    def _room(self, now: datetime) -> int:
        """Return how many more tries this minute takes."""
        if self.postgres:
            self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(RATE_LOCK)))
        used = self.connection.scalar(say.USED_THIS_MINUTE, {"since": now - MINUTE})
        return max(self.per_minute - int(used or 0), 0)

    def _free_at(self) -> datetime | None:
        tries = say.LATEST_TRIES.offset(self.per_minute - 1).limit(1)
        full = self.connection.scalar(tries, {"since": self.now() - MINUTE})
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
