"""What is known of a message that arrived, before it is decided what it does."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coordinator.outbox.blame import blames_the_address
from coordinator.outbox.models import OutboxLetter


class Fate(StrEnum):
    """What a mail server says became of a letter at one address."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    """Delivered, passed on, or taken by a list: nothing is to be done."""


@dataclass(frozen=True)
class Fault:
    """What a report says of one address."""

    fate: Fate
    recipient: str
    """The address that failed; empty where the report names none."""
    original: str = ""
    """The address as the letter named it, where it was passed on from there."""
    status: str = ""
    """An enhanced status code (RFC 3463), "5.1.1"; empty where the report has none."""
    words: str = ""
    """The server's own words."""

    @property
    def addresses(self) -> set[str]:
        """Return the addresses that it speaks of, small."""
        return {one.casefold() for one in (self.recipient, self.original) if one}

    @property
    def is_the_address(self) -> bool:
        """Did the letter fail for good because of the address, and not of us or of a server?"""
        if self.fate is not Fate.FAILED or self.status.startswith("2."):
            return False
        return blames_the_address(self.status, self.words)


@dataclass(frozen=True)
class Report:
    """A delivery report: what became of a letter, and which letter it brings back."""

    faults: tuple[Fault, ...]
    message_ids: tuple[str, ...] = ()
    """The Message-IDs of the returned letter, as the report gives them."""


@dataclass(frozen=True)
class Arrival:
    """A message as it was read. Nothing in it is to be trusted but what `is_proven` says."""

    digest: str
    raw: bytes
    message_id: str = ""
    references: tuple[str, ...] = ()
    """The Message-IDs it answers, nearest first (In-Reply-To, then References backwards)."""
    written_at: datetime | None = None
    sender_name: str = ""
    sender_address: str = ""
    recipients: tuple[str, ...] = ()
    """Every address it was sent to, as far as headers tell, small."""
    subject: str = ""
    text: str = ""
    """What was written, as plain text, without the letter quoted below it."""
    quoted: str = ""
    """What was cut off as quoted."""
    calendar: str | None = None
    """A calendar object that answers (METHOD:REPLY, COUNTER …), as text; never our own REQUEST."""
    calendar_method: str = ""
    """Its method, in capitals, from the content type or from the object."""
    automatic: bool = False
    """Was it written by a machine: out of office, receipt, list?"""
    is_from_server: bool = False
    """Does it say that a mail server sent it? Anybody can say so."""
    is_readable: bool = True
    """False where the message is so broken that only its bytes are kept."""
    report: Report | None = None
    code: str = ""
    """The name that the address it was sent to carries, if it is one of ours: a letter's."""
    letter: OutboxLetter | None = None
    """The letter that it answers or brings back, where that is known."""
    is_proven: bool = False
    """Was the letter named by the secret part of an address, and not only by a Message-ID?

    A report proves itself by the address where letters come back to. The one where answers go is
    known to everybody to whom the letter was passed on.
    """
