"""A message as a whole."""

import logging
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any

from coordinator.inbox.arrival import Arrival
from coordinator.inbox.parsing import people
from coordinator.inbox.parsing.automatic import is_automatic, is_from_server
from coordinator.inbox.parsing.bodies import written
from coordinator.inbox.parsing.calendars import answer
from coordinator.inbox.parsing.prose import informal
from coordinator.inbox.parsing.quotes import apart
from coordinator.inbox.parsing.reports import standard
from coordinator.inbox.parsing.texts import header, line, words

LONGEST_SUBJECT = 1_000
logger = logging.getLogger(__name__)


def parsed(raw: bytes, digest: str) -> Arrival:
    """Return what is known of the message; what cannot be read at all is said to be so."""
    try:
        return _whole(raw, digest)
    except Exception as error:  # hostile bytes: whatever the parsers stumble over
        logger.warning("the message %s is not readable: %s", digest[:12], type(error).__name__)
    try:
        envelope = _envelope(BytesHeaderParser().parsebytes(raw[:100_000]))
    except Exception:  # so broken that not even its headers can be read
        envelope = {}
    return Arrival(digest=digest, raw=raw, is_readable=False, **envelope)


def _whole(raw: bytes, digest: str) -> Arrival:
    message = message_from_bytes(raw)
    envelope = _envelope(message)
    subject, sender = envelope["subject"], envelope["sender_address"]
    calendar, method = answer(message)
    report = None
    if calendar is None:
        report = standard(message) or informal(message, subject, sender)
    text, quoted = apart(written(message))
    return Arrival(
        digest=digest,
        raw=raw,
        text=text,
        quoted=quoted,
        calendar=calendar,
        calendar_method=method,
        automatic=is_automatic(message, subject)
        or message.get_content_type() == "multipart/report",
        is_from_server=is_from_server(message, sender),
        report=report,
        **envelope,
    )


def _envelope(message: Message) -> dict[str, Any]:
    name, address = people.sender(message)
    return {
        "message_id": people.message_id(message),
        "references": people.references(message),
        "written_at": people.written_at(message),
        "sender_name": name,
        "sender_address": address,
        "recipients": people.recipients(message),
        "subject": line(words(header(message, "Subject")), LONGEST_SUBJECT),
    }
