"""How often somebody may try: ten times in five minutes for an account, and for a machine.

A try is written down, in a transaction of its own, before it is judged: of any number that
arrive at once, on any number of web processes, ten see fewer than ten before them. A try that
is refused leaves no trace, so a crowd at the door keeps nobody out for longer than five minutes.
"""

from datetime import timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.accounts.models import SignInAttempt, User
from coordinator.audit.models import AuditLine
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.guessing import machine, mark

SIGN_IN, OWN, ASK = "sign-in", "own-password", "ask-for-letter"
MOST = 10
WINDOW = timedelta(minutes=5)


class TooManyTries(RuleBroken):
    """The account or the machine has used up its tries."""

    message = _l("There were too many tries. Wait five minutes, or ask for a new password.")
    status = 429


def begin(deed: str, address: str) -> int:
    """Write a try down and return its number; raises TooManyTries.

    The request's own transaction ends here: on SQLite it would hold the door shut for this one.
    """
    db.session.rollback()
    marks = {"email_hash": mark(deed, address), "machine_hash": mark(deed, machine())}
    with db.engine.begin() as connection:
        connection.execute(
            sa.delete(SignInAttempt).where(SignInAttempt.created_at < clock.now() - 2 * WINDOW)
        )
        written = connection.execute(sa.insert(SignInAttempt).values(**marks))
        number = int(written.inserted_primary_key[0])  # type: ignore[index]
    with db.engine.begin() as connection:
        recent = SignInAttempt.created_at > clock.now() - WINDOW
        of_both = [
            connection.scalar(sa.select(sa.func.count()).where(recent, column == mark)) or 0
            for column, mark in (
                (SignInAttempt.email_hash, marks["email_hash"]),
                (SignInAttempt.machine_hash, marks["machine_hash"]),
            )
        ]
    if max(of_both) > MOST:
        with db.engine.begin() as connection:
            connection.execute(sa.delete(SignInAttempt).where(SignInAttempt.id == number))
        raise TooManyTries
    return number


def forgive(number: int) -> None:
    """Take a try back, with the request's commit: it was right."""
    db.session.execute(sa.delete(SignInAttempt).where(SignInAttempt.id == number))


def note_failure(user_id: int | None) -> None:
    """Write the audit line of a wrong password apart: the refusal takes all else back."""
    line = {
        "actor_name": machine(),
        "via": "page",
        "action": "account.sign_in_failed",
        "subject": User.__tablename__,
        "subject_id": user_id,
        "subject_name": "",
        "search_key": machine(),
    }
    with db.engine.begin() as connection:
        connection.execute(sa.insert(AuditLine).values(**line))


def forget(deed: str, address: str) -> None:
    """Give an account its tries back, after its owner proved who they are."""
    db.session.execute(
        sa.delete(SignInAttempt).where(SignInAttempt.email_hash == mark(deed, address))
    )
