"""The text of a message, whatever it is written in."""

import re
from collections.abc import Iterator
from email.message import Message

from coordinator.inbox.parsing.pages import from_html
from coordinator.inbox.parsing.texts import clean, decoded

LONGEST = 200_000
LONGEST_HTML = 500_000
"""How much HTML of one message is read, in all its parts together."""
MOST_PARTS = 200
_GAPS = re.compile(r"\n{3,}")
_SOFT = re.compile(r"(?<!\n--) \n(?![>\n])")


def leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something themselves; a message inside is one part."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(), seen + 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend(reversed(inside(part)))
        else:
            yield part


def inside(part: Message) -> list[Message]:
    """Return the messages that a part consists of; none where it is a text."""
    payload = part.get_payload() if part.is_multipart() else []
    return [one for one in payload if isinstance(one, Message)]


def content(part: Message) -> str:
    """Return a part's text, decoded."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_param("charset")
    return decoded(data, charset if isinstance(charset, str) else None)


def written(message: Message) -> str:
    """Return what was written: the plain text, or what a browser would show of the HTML."""
    parts = [part for part in leaves(message) if not _is_attached(part)]
    plain = [_plain(part) for part in parts if part.get_content_type() == "text/plain"]
    text = "\n\n".join(one.strip("\n") for one in plain if one.strip())
    if not text:
        text = "\n\n".join(from_html(page) for page in _pages(parts))
    rows = (row.rstrip() for row in clean(text[:LONGEST]).split("\n"))
    return _GAPS.sub("\n\n", "\n".join(rows)).strip("\n")


def _pages(parts: list[Message]) -> Iterator[str]:
    """Yield the HTML of the parts, until enough of it is read."""
    left = LONGEST_HTML
    for part in parts:
        if left > 0 and part.get_content_type() == "text/html":
            page = content(part)[:left]
            left -= len(page)
            yield page


def _plain(part: Message) -> str:
    text = clean(content(part))
    flowed = str(part.get_param("format") or "").lower() == "flowed"
    joint = "" if str(part.get_param("delsp") or "").lower() == "yes" else " "
    return _SOFT.sub(joint, text) if flowed else text


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"
