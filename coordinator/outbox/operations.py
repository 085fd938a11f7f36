"""Write letters down, call them back, send them again."""

import secrets
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.letters import Letter
from coordinator.outbox.models import LetterState, OutboxLetter


class LetterOnItsWay(RuleBroken):
    """Only a letter that failed or was cancelled can be sent again."""

    message = _l("This letter is already on its way or was delivered.")


def queue(letter: Letter) -> OutboxLetter:
    """Write the letter down; the worker delivers it after the commit.

    With `letter.once` set, a second letter with the same key returns the first one.
    """
    return queue_all([letter])[0]


def queue_all(letters: Sequence[Letter]) -> list[OutboxLetter]:
    """Write many letters down with one question to the database; see `queue`."""
    keys = {letter.once for letter in letters if letter.once}
    rows = _by_key(keys)
    host = str(urlsplit(current_app.config["BASE_URL"]).hostname)
    written = []
    for letter in letters:
        row = rows.get(letter.once or "")
        if row is None:
            row = _row(letter, host)
            db.session.add(row)
        if letter.once:
            rows[letter.once] = row
        written.append(row)
    return written


def _by_key(keys: Collection[str]) -> dict[str, OutboxLetter]:
    found: dict[str, OutboxLetter] = {}
    asked = sorted(keys)
    # A database takes some ten thousand parameters in one question, not more.
    for start in range(0, len(asked), 5000):
        some = asked[start : start + 5000]
        rows = db.session.scalars(sa.select(OutboxLetter).where(OutboxLetter.once.in_(some)))
        found |= {str(row.once): row for row in rows}
    return found


def _row(letter: Letter, host: str) -> OutboxLetter:
    return OutboxLetter(
        kind=letter.kind,
        to_name=letter.to_name,
        to_address=letter.to_address,
        language=letter.language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        calendar=letter.calendar,
        calendar_method=letter.calendar_method,
        links=dict(letter.links),
        once=letter.once,
        message_id=f"<{secrets.token_hex(16)}@{host}>",
        next_try_at=clock.now(),
    )


def cancel(letters: list[OutboxLetter]) -> int:
    """Call back letters that have not gone yet; return how many."""
    waiting = sa.update(OutboxLetter).where(
        OutboxLetter.id.in_([letter.id for letter in letters]),
        OutboxLetter.state.in_([LetterState.QUEUED, LetterState.DEFERRED]),
    )
    result = db.session.execute(waiting.values(state=LetterState.CANCELLED))
    return int(result.rowcount)  # type: ignore[attr-defined]


def resend(letter: OutboxLetter, actor: Actor) -> None:
    """Queue a failed or cancelled letter again, under the same Message-ID.

    Raises LetterOnItsWay for any other state.
    """
    claimed = db.session.execute(
        sa.update(OutboxLetter)
        .where(
            OutboxLetter.id == letter.id,
            OutboxLetter.state.in_([LetterState.FAILED, LetterState.CANCELLED]),
        )
        .values(state=LetterState.QUEUED, attempts=0, next_try_at=clock.now(), reason=None)
    )
    if claimed.rowcount != 1:  # type: ignore[attr-defined]
        raise LetterOnItsWay
    audit.record("letter.resent", letter, actor)
