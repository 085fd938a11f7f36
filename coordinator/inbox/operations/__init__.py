"""What becomes of mail that arrives, and of the record of it."""

from coordinator.inbox.operations.keeping import erase_seen, mark_all_seen, mark_seen
from coordinator.inbox.operations.reach import found, lost
from coordinator.inbox.operations.receiving import Opened, digest_of, opened, receive

__all__ = [
    "Opened",
    "digest_of",
    "erase_seen",
    "found",
    "lost",
    "mark_all_seen",
    "mark_seen",
    "opened",
    "receive",
]
