"""Deliver what is due: claim a letter, send it, write down how it went, again.

At least once, never knowingly twice: what a killed process had in hand goes again under the
same Message-ID. While a letter is on its way its connection claims no other, so a kill can
repeat one letter a connection at most.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app

from coordinator.extensions import db
from coordinator.outbox import ledger, operations
from coordinator.outbox.clerk import Clerk
from coordinator.outbox.courier import Courier
from coordinator.outbox.ledger import Claimed, Ledger, Outcome
from coordinator.outbox.letterhead import Letterhead, letterhead
from coordinator.outbox.models import LetterState, OutboxLetter

DATABASE_TRIES = 5
logger = logging.getLogger(__name__)


def drain(limit: int | None = None) -> int:
    """Deliver what is due, at most `limit` letters; return how many were sent."""
    return deliver_due(limit)[LetterState.SENT]


def deliver_due(
    limit: int | None = None, stopping: Callable[[], bool] = lambda: False
) -> Counter[LetterState]:
    """Deliver what is due and return how many letters ended in which state.

    Goes over as many connections as the settings allow and there are letters for. Ends early
    after `limit` letters (then over one connection) or when `stopping` says so, between letters.
    """
    head = letterhead()
    db.session.rollback()  # nothing may be open while a mail server is talked to
    most = 1 if limit is not None else current_app.config["OUTBOX_CONNECTIONS"]
    run = Run(head, limit, stopping)
    with ledger.opened() as book:
        count = book.due(most) if limit != 0 else 0
        if count > 1:
            run.side_by_side(book, count)
        elif count:
            run.carry(book)
    return run.tally


class Run:
    """What one or several connections carry until nothing is due."""

    def __init__(self, head: Letterhead, limit: int | None, stopping: Callable[[], bool]) -> None:
        self.head, self.limit, self.stopping = head, limit, stopping
        self.tally: Counter[LetterState] = Counter()
        self.open = 0
        """How many connections stand or are being made."""
        self.failures: list[Exception] = []
        self._counting = threading.Lock()

    def side_by_side(self, book: Ledger, count: int) -> None:
        """Carry over several connections, each in a thread; this one keeps the book for all.

        The threads do not outlive the process: whoever ends it takes letters in hand along.
        """
        app: Any = current_app
        clerk = Clerk(book)
        there = app._get_current_object()
        for _ in range(count):
            threading.Thread(target=self._beside, args=(there, clerk), daemon=True).start()
        clerk.serve(count)
        if self.failures:
            raise self.failures[0]

    def _beside(self, app: Flask, clerk: Clerk) -> None:
        try:
            with app.app_context():
                self.carry(clerk)
        except Exception as error:
            self.failures.append(error)
        finally:
            clerk.leave()

    def carry(self, book: Ledger | Clerk) -> None:
        """Send letter after letter over one connection."""
        with Courier(self.head) as courier:
            try:
                letter = self._take(book, courier, None)
                while letter is not None:
                    outcome = courier.deliver(letter)
                    self._count({outcome.state: 1})
                    settled, letter = letter, self._take(book, courier, (letter, outcome))
                    if outcome.is_the_address:
                        _hold(settled, outcome)
            finally:
                self._stands(courier, False)

    def _take(
        self, book: Ledger | Clerk, courier: Courier, done: tuple[Claimed, Outcome] | None
    ) -> Claimed | None:
        """Write down what is done; take the next letter once a server stands ready for it."""
        more = not self.stopping() and (self.limit is None or self.tally.total() < self.limit)
        if courier.connected:
            return _patiently(lambda: book.step(done, claim=more))
        self._stands(courier, False)
        if done is not None:
            _patiently(lambda: book.step(done, claim=False))
        if not more or not book.due():
            return None
        self._stands(courier, True)
        trouble = courier.connect()
        if trouble is None:
            return _patiently(book.step)
        self._stands(courier, False)
        if not self.open:  # else the server takes letters, only not over so many connections
            self._count(book.put_off(trouble))
        return None

    def _count(self, ended: Mapping[LetterState, int]) -> None:
        with self._counting:
            self.tally.update(ended)

    def _stands(self, courier: Courier, stands: bool) -> None:
        with self._counting:
            self.open += stands - courier.stood
            courier.stood = stands


def _hold(letter: Claimed, outcome: Outcome) -> None:
    """Put on hold the address that the mail server does not know.

    In a transaction of its own: if it is lost, the next letter there is refused as well.
    """
    try:
        row = db.session.get(OutboxLetter, letter.row.id)
        operations.hold(letter.row.to_address, reason=outcome.reason or "", letter=row)
        db.session.commit()
    except sa.exc.OperationalError:
        db.session.rollback()
        logger.exception("the address of the letter %s could not be put on hold", letter.row.id)


def _patiently(deed: Callable[[], Claimed | None]) -> Claimed | None:
    """Do it again when the database was away for a moment: the letter in hand has gone out."""
    for tries in range(1, DATABASE_TRIES):
        try:
            return deed()
        except (sa.exc.OperationalError, sa.exc.InterfaceError):
            logger.warning("the database did not answer (try %s)", tries, exc_info=True)
            time.sleep(tries)
    return deed()
