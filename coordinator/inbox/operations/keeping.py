"""Messages are kept until staff have seen what they did, and for a while after that."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app

from coordinator import clock
from coordinator.actors import WORKER, Actor
from coordinator.audit import operations as audit
from coordinator.extensions import db
from coordinator.inbox import queries
from coordinator.inbox.models import ERASED, InboxMessage

NOTHING: dict[str, Any] = {
    "message_id": "",
    "written_at": None,
    "sender_name": "",
    "sender_address": "",
    "subject": "",
    "text": "",
    "raw": None,
    "letter_id": None,
    "outcome": ERASED,
    "details": {},
    "seen_by": "",
}
"""What a row holds besides its digest when its message was erased."""


def mark_seen(message: InboxMessage, actor: Actor) -> None:
    """Say that somebody has seen what the message did; once is enough."""
    mark_all_seen([message], actor)


def mark_all_seen(messages: Iterable[InboxMessage], actor: Actor) -> int:
    """Say so of many; return how many had not been seen."""
    fresh = [message for message in messages if message.seen_at is None]
    for message in fresh:
        message.seen_at, message.seen_by = clock.now(), actor.name[:200]
    db.session.flush()
    audit.record_all(
        InboxMessage.__tablename__,
        [audit.Deed("inbox_message.seen", message.id, message.name, {}) for message in fresh],
        actor,
    )
    return len(fresh)


def erase_seen(actor: Actor = WORKER) -> int:
    """Erase what was seen more than INBOX_KEEP_DAYS ago; return how many messages that were.

    A message that is too large to leave the mailbox is read again and again: what is kept of it is
    its digest, in a row without content, so that it does not arrive as a new one.
    """
    limit = clock.now() - timedelta(days=current_app.config["INBOX_KEEP_DAYS"])
    old = queries.seen_before(limit)
    emptied = db.session.execute(
        sa.update(InboxMessage)
        .where(InboxMessage.id.in_(old), InboxMessage.details["cut"].as_boolean().is_(True))
        .values(NOTHING)
        .execution_options(synchronize_session=False)
    )
    done = db.session.execute(
        sa.delete(InboxMessage)
        .where(InboxMessage.id.in_(old))
        .execution_options(synchronize_session=False)
    )
    erased = int(emptied.rowcount + done.rowcount)  # type: ignore[attr-defined]
    if erased:
        audit.record("inbox_message.erased", None, actor, count=erased)
    return erased
