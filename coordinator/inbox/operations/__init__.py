"""What becomes of mail that arrives, and of the record of it."""

from coordinator.inbox.operations.keeping import erase_seen, mark_all_seen, mark_seen
from coordinator.inbox.operations.receiving import receive

__all__ = ["erase_seen", "mark_all_seen", "mark_seen", "receive"]
