"""One connection to the mail server, and what the server's answers mean for a letter."""

import logging
import re
import smtplib
from types import TracebackType
from typing import Any, Self

from flask import current_app

from coordinator.outbox.blame import blames_the_address
from coordinator.outbox.header_lines import Unsendable
from coordinator.outbox.ledger import Claimed, Outcome
from coordinator.outbox.letterhead import Letterhead
from coordinator.outbox.mail import AppConnection, AppMail, compose
from coordinator.outbox.models import LetterState, Trouble

SMTP_STEPS = 5
"""Answers that are waited for between claiming a letter and knowing how it went."""
NOT_THE_LETTERS_FAULT = (530, 535, 538, 421)
_STATUS = re.compile(r"5\.\d{1,3}\.\d{1,3}\b")
logger = logging.getLogger(__name__)


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
        return Outcome(LetterState.FAILED, reason_of(error, Trouble.CUT), is_the_address(error))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Outcome(LetterState.FAILED, Trouble.UNSENDABLE.because(error))
    return Outcome(LetterState.DEFERRED, reason_of(error, Trouble.CUT))


def is_the_address(error: Exception) -> bool:
    """Did the server refuse the recipient, and say that the address is to blame?"""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    words = code_of(error)[1]
    status = _STATUS.match(words)
    return blames_the_address(status[0] if status else "", words)


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
    # PostgreSQL keeps no NUL, and a page has no use for other characters that nobody sees.
    return code, " ".join("".join(c if c.isprintable() else " " for c in text).split())
