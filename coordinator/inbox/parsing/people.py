"""Who wrote, to which addresses, when, and in answer to what."""

import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from coordinator.inbox.parsing.texts import header, headers, line, words

SENT_TO = (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Delivered-To",
    "X-Forwarded-To",
    "Resent-To",
    "To",
    "Cc",
    "Apparently-To",
)
MOST_ADDRESSES = 200
_APART = re.compile(r"[\s<>,;:\"()\[\]']+")
_FOR = re.compile(r"\bfor <([^<>\s]{3,320})>")
_ID = re.compile(r"<[^<>\s]{1,990}>")


def sender(message: Message) -> tuple[str, str]:
    """Return the name and the address that the message says it comes from."""
    value = header(message, "From")[:1000]
    name, address = parseaddr(value if value.count("(") < 20 else "")
    if "@" not in address:
        address = next(iter(addresses_in(value)), "")
    return line(words(name), 200), line(address, 254)


def recipients(message: Message) -> tuple[str, ...]:
    """Return every address it was sent to, as far as headers tell, small, each once."""
    found = [one for name in SENT_TO for one in headers(message, name)]
    found += [match[1] for one in headers(message, "Received") for match in _FOR.finditer(one)]
    addresses = (one.lower() for value in found[:100] for one in addresses_in(value))
    return tuple(dict.fromkeys(addresses))[:MOST_ADDRESSES]


def addresses_in(text: str) -> list[str]:
    """Return what looks like an address in a text, in order."""
    parts = (part.strip(".") for part in _APART.split(text))
    return [part for part in parts if 3 <= len(part) <= 320 and 0 < part.find("@") < len(part) - 1]


def message_id(message: Message) -> str:
    value = header(message, "Message-ID")
    return next(iter(ids_in(value)), line(value, 998))


def references(message: Message) -> tuple[str, ...]:
    """Return the Message-IDs that it answers, nearest first."""
    answered = ids_in(header(message, "In-Reply-To"))
    earlier = reversed(ids_in(header(message, "References")))
    return tuple(dict.fromkeys([*answered, *earlier]))[:50]


def ids_in(text: str) -> list[str]:
    return [line(one, 998) for one in _ID.findall(text)]


def written_at(message: Message) -> datetime | None:
    """Return when the sender says it was written, if that is believable."""
    try:
        moment = parsedate_to_datetime(header(message, "Date"))
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC) if 1990 < aware.year < 2200 else None
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
