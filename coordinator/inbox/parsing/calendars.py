"""The calendar object by which a program answers an invitation."""

import re
from collections.abc import Iterator
from email.message import Message

from coordinator.inbox.parsing.bodies import content, leaves
from coordinator.inbox.parsing.texts import clean

ANSWERS = ("REPLY", "COUNTER")
TYPES = {"text/calendar", "application/ics", "text/x-vcalendar"}
LONGEST = 200_000
_METHOD = re.compile(r"^METHOD[^:\n]{0,100}:\s*([A-Za-z-]{1,20})\s*$", re.MULTILINE | re.IGNORECASE)


def answer(message: Message) -> tuple[str | None, str]:
    """Return the object and its method; (None, "") where the message holds no answer."""
    for method in ANSWERS:
        for found, text in _objects(message):
            if found == method:
                return text, method
    return None, ""


def _objects(message: Message) -> Iterator[tuple[str, str]]:
    for part in leaves(message):
        name = (part.get_filename() or "").lower()
        if part.get_content_type() in TYPES or name.endswith(".ics"):
            text = clean(content(part))[:LONGEST]
            if "BEGIN:VCALENDAR" in text.upper():
                yield _method(part, text), text


def _method(part: Message, text: str) -> str:
    own = _METHOD.search(text)
    return (own[1] if own else str(part.get_param("method") or "")).upper()
