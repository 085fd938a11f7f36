"""A message as a whole."""

from coordinator.inbox.arrival import Arrival


def parsed(raw: bytes, digest: str) -> Arrival:
    """Return what is known of the message."""
    return Arrival(digest=digest, raw=raw)
