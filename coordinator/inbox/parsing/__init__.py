"""From the bytes of a message to what is known of it. Hostile bytes never raise."""

from coordinator.inbox.parsing.reading import parsed

__all__ = ["parsed"]
