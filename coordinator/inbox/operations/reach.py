"""Since when the mailbox cannot be read, written down for the pages."""

from coordinator import clock
from coordinator.extensions import db
from coordinator.inbox import queries
from coordinator.inbox.models import UNREACHABLE, InboxMessage, MessageKind


def lost(words: str) -> None:
    """Write down that the mailbox cannot be read, and why; the first time stands."""
    row = queries.unreachable()
    if row is None:
        row = InboxMessage(
            digest=UNREACHABLE,
            kind=MessageKind.UNMATCHED,
            outcome=UNREACHABLE,
            details={},
            seen_at=clock.now(),
        )
        db.session.add(row)
    row.text = words
    db.session.flush()


def found() -> None:
    """Write down that it can be read again."""
    row = queries.unreachable()
    if row is not None:
        db.session.delete(row)
        db.session.flush()
