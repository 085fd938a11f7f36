"""Write letters down in the transaction of their cause."""

import secrets
from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import defer

from coordinator import clock, jobs
from coordinator.extensions import db
from coordinator.letters import Letter
from coordinator.outbox import queries
from coordinator.outbox.models import LetterState, OutboxLetter, Trouble

DELIVER = "outbox.deliver"
"""The name of the job that delivers what is due."""


def queue(letter: Letter) -> OutboxLetter:
    """Write the letter down; the worker delivers it after the commit.

    With `letter.once` set, a second letter with the same key returns the first one, however
    many are written at the same moment. A letter to an address on hold is written down as
    failed, unless it is about an account.
    """
    jobs.nudge_after_commit(DELIVER)
    held = _held([letter])
    if letter.once is None:
        row = OutboxLetter(**_columns(letter, held))
        db.session.add(row)
        return row
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    fresh = db.session.scalar(
        insert(OutboxLetter)
        .values(**_columns(letter, held))
        .on_conflict_do_nothing(index_elements=["once"])
        .returning(OutboxLetter)
    )
    if fresh is not None:
        return fresh
    return db.session.scalars(sa.select(OutboxLetter).where(OutboxLetter.once == letter.once)).one()


def queue_all(letters: Sequence[Letter]) -> list[OutboxLetter]:
    """Write many letters down in a few statements; each as `queue` would."""
    if not letters:
        return []
    jobs.nudge_after_commit(DELIVER)
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    held = _held(letters)
    columns = [_columns(letter, held) for letter in letters]
    keys = [values["once"] or values["message_id"] for values in columns]
    db.session.execute(
        insert(OutboxLetter).on_conflict_do_nothing(index_elements=["once"]), columns
    )
    written = _by_key(columns)
    return [written[key] for key in keys]


def _by_key(columns: Sequence[dict[str, Any]]) -> dict[str, OutboxLetter]:
    """Return the letters by what makes each the only one: its key, else its Message-ID."""
    found: dict[str, OutboxLetter] = {}
    # A database takes some ten thousand parameters in one question, not more.
    for start in range(0, len(columns), 5000):
        some = columns[start : start + 5000]
        once = [values["once"] for values in some if values["once"]]
        ids = [values["message_id"] for values in some if not values["once"]]
        asked = sa.select(OutboxLetter).options(
            defer(OutboxLetter.text), defer(OutboxLetter.html), defer(OutboxLetter.calendar)
        )
        for column, values in ((OutboxLetter.once, once), (OutboxLetter.message_id, ids)):
            for row in db.session.scalars(asked.where(column.in_(values))) if values else ():
                found[str(row.once or row.message_id)] = row
    return found


def _held(letters: Sequence[Letter]) -> Collection[str]:
    """Return the addresses on hold among those whose letters can be spared."""
    spared = {one.to_address for one in letters if one.is_round or one.is_answered_by_mail}
    return queries.held(spared)


def _columns(letter: Letter, held: Collection[str]) -> dict[str, Any]:
    spared = letter.to_address in held and (letter.is_round or letter.is_answered_by_mail)
    host = urlsplit(current_app.config["BASE_URL"]).hostname
    return {
        "kind": letter.kind,
        "to_name": letter.to_name,
        "to_address": letter.to_address,
        "language": letter.language,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "calendar": letter.calendar,
        "calendar_method": letter.calendar_method,
        "links": dict(letter.links),
        "once": letter.once,
        "public_id": letter.code,
        "is_answered_by_mail": letter.is_answered_by_mail,
        "is_round": letter.is_round,
        "message_id": f"<{secrets.token_hex(16)}@{host}>",
        "state": LetterState.FAILED if spared else LetterState.QUEUED,
        "reason": Trouble.HELD.because() if spared else None,
        "next_try_at": None if spared else clock.now(),
    }
