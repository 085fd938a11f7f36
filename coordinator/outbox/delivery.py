"""Deliver what is due: claim a letter, send it, write down how it went, again.

At least once, never knowingly twice: what a killed process had in hand goes again under the
same Message-ID. While a letter is on its way its connection claims no other, so a kill can
repeat one letter a connection at most.
"""

import logging
import smtplib
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from flask import Flask, current_app

from coordinator.extensions import db
from coordinator.outbox import ledger
from coordinator.outbox.header_lines import Unsendable
from coordinator.outbox.ledger import Claimed, Ledger, Outcome
from coordinator.outbox.letterhead import Letterhead, letterhead
from coordinator.outbox.mail import AppConnection, AppMail, compose
from coordinator.outbox.models import LetterState, Trouble

SMTP_STEPS = 5
"""Answers that are waited for between claiming a letter and knowing how it went."""
NOT_THE_LETTERS_FAULT = (530, 535, 538, 421)
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
    with ledger.opened() as book:
        count = book.due(most) if limit != 0 else 0
    run = Run(head, limit, stopping)
    if count > 1:
        run.side_by_side(count)
    elif count:
        run.carry()
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

    def side_by_side(self, count: int) -> None:
        """Carry over several connections, each in a thread with a database connection of its own.

        The threads do not outlive the process: whoever ends it takes letters in hand along.
        """
        app: Any = current_app
        there = app._get_current_object()
        threads = [
            threading.Thread(target=self._beside, args=(there,), daemon=True) for _ in range(count)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    def _beside(self, app: Flask) -> None:
        with app.app_context():
            try:
                self.carry()
            except Exception as error:
                self.failures.append(error)

    def carry(self) -> None:
        """Send letter after letter over one connection."""
        with ledger.opened() as book, Courier(self.head) as courier:
            try:
                letter = self._take(book, courier, None)
                while letter is not None:
                    outcome = courier.deliver(letter)
                    self._count({outcome.state: 1})
                    letter = self._take(book, courier, (letter, outcome))
            finally:
                self._stands(courier, False)

    def _take(
        self, book: Ledger, courier: "Courier", done: tuple[Claimed, Outcome] | None
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

    def _stands(self, courier: "Courier", stands: bool) -> None:
        with self._counting:
            self.open += stands - courier.stood
            courier.stood = stands


def _patiently(deed: Callable[[], Claimed | None]) -> Claimed | None:
    """Do it again when the database was away for a moment: the letter in hand has gone out."""
    for tries in range(1, DATABASE_TRIES):
        try:
            return deed()
        except (sa.exc.OperationalError, sa.exc.InterfaceError):
            logger.warning("the database did not answer (try %s)", tries, exc_info=True)
            time.sleep(tries)
    return deed()


class Courier:
    """One connection to the mail server, opened when needed, kept from letter to letter."""

    def __init__(self, head: Letterhead) -> None:
        self.head, self.mail = head, AppMail()
        self.connection: AppConnection | None = None
        self.carried, self.stood = 0, False
        config = current_app.config
        self.timeout = min(config["MAIL_TIMEOUT"], config["OUTBOX_LEASE_SECONDS"] / SMTP_STEPS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self.connection is not None:
            self.connection.__exit__(kind, error, tb)

    @property
    def connected(self) -> bool:
        """Is there a session that was open when last looked at?"""
        if self.connection is None:
            return False
        host = self.connection.host
        return host is None or host.sock is not None

    def connect(self) -> str | None:
        """Open a session; return the reason if the server would not have it."""
        self.drop()
        try:
            connection = self.mail.connect(self.timeout)
            connection.__enter__()
        except (smtplib.SMTPException, OSError) as error:
            logger.warning("no connection to the mail server: %s", error)
            return reason_of(error, Trouble.UNREACHABLE)
        self.connection, self.carried = connection, 0
        return None

    def drop(self) -> None:
        """Forget a session that is no longer any good."""
        if self.connection is not None and self.connection.host is not None:
            self.connection.host.close()
        self.connection = None

    def deliver(self, letter: Claimed) -> Outcome:
        """Send one letter and say how it went; never raises for the letter's own sake."""
        try:
            message = compose(letter.row, self.head, tokens_of(letter))
            try:
                self._send(message)
            except (smtplib.SMTPException, OSError) as error:
                if not self._went_stale(error) or self.connect() is not None:
                    raise
                self._send(message)
        except (smtplib.SMTPException, OSError) as error:
            outcome = outcome_of(error)
            self._recover(error)
        except Exception as error:
            logger.exception("the letter %s could not be put together", letter.row.id)
            outcome = Outcome(LetterState.FAILED, Trouble.UNSENDABLE.because(error))
            self._recover(error)
        else:
            outcome = Outcome(LetterState.SENT)
            self.carried += 1
        return outcome

    def _send(self, message: Any) -> None:
        if self.connection is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        self.connection.send(message)

    def _went_stale(self, error: Exception) -> bool:
        """Did the server end a session that had worked, before this letter was handed over?"""
        host = self.connection.host if self.connection else None
        dropped = isinstance(error, smtplib.SMTPServerDisconnected) or code_of(error)[0] == 421
        return dropped and self.carried > 0 and host is not None and not host.handing_over

    def _recover(self, error: Exception) -> None:
        """Leave the session ready for the next letter, or leave it."""
        host = self.connection.host if self.connection else None
        if host is None:
            return
        answered = code_of(error)[0] > 0 or isinstance(error, Unsendable)
        try:
            if not answered or host.sock is None or host.rset()[0] != 250:
                self.drop()
        except (smtplib.SMTPException, OSError):
            self.drop()


def tokens_of(letter: Claimed) -> dict[str, str]:
    """Return the tokens of the letter's links. Raises Unsendable if a link is gone."""
    if len(letter.tokens) != len(letter.row.links):
        raise Unsendable("a personal link of the letter is gone")
    return letter.tokens


def outcome_of(error: Exception) -> Outcome:
    """Return what an error of smtplib means for the letter: never again, or later."""
    code, _words = code_of(error)
    if 500 <= code < 600 and code not in NOT_THE_LETTERS_FAULT:
        return Outcome(LetterState.FAILED, reason_of(error, Trouble.CUT))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Outcome(LetterState.FAILED, Trouble.UNSENDABLE.because(error))
    return Outcome(LetterState.DEFERRED, reason_of(error, Trouble.CUT))


def reason_of(error: Exception, otherwise: Trouble) -> str:
    """Return the server's words, or ours where it said nothing."""
    code, words = code_of(error)
    if code > 0:
        return f"{code} {words}"[:500]
    # smtplib wraps a time limit that ran out into a closed connection.
    silent = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
    return (Trouble.SILENT if silent else otherwise).because(error)


def code_of(error: Exception) -> tuple[int, str]:
    """Return the server's answer in an error of smtplib; 0 if it gave none."""
    answer: tuple[int, Any] = (0, "")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answer = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        answer = (error.smtp_code, error.smtp_error)
    code, words = answer
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    return code, " ".join(text.split())
