"""What every mailbox does, whatever it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

LARGEST = 25 * 1024 * 1024
"""Larger messages stay in the mailbox; only their beginning is recorded."""
BEGINNING = 256 * 1024
CHUNK = 100


class MailboxTrouble(Exception):
    """The mailbox cannot be read now; the text says why, without its password."""


@dataclass(frozen=True)
class Incoming:
    """A message in the mailbox: `raw` is all of it, or its beginning where it is too large."""

    key: str
    raw: bytes
    size: int

    @property
    def is_whole(self) -> bool:
        return self.size <= len(self.raw)


class Mailbox(Protocol):
    """Gives messages one by one, oldest first, and lets go of those that were recorded."""

    def messages(self) -> Iterator[Incoming]:
        """Yield what is there. Raises MailboxTrouble."""

    def remove(self, message: Incoming) -> None:
        """Let the message go; it is gone at the latest when the mailbox is closed."""

    def close(self) -> None:
        """End the session and finish what `remove` began."""
