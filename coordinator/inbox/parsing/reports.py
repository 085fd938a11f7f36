"""Delivery reports as RFC 3464 has them: Postfix, Exchange, Gmail, sendmail, newer Exim."""

import re
from collections.abc import Iterator
from email import message_from_string
from email.message import Message

from coordinator.inbox.arrival import Fate, Fault, Report
from coordinator.inbox.parsing.bodies import content, inside, leaves
from coordinator.inbox.parsing.people import ids_in
from coordinator.inbox.parsing.texts import header, line, words

STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
HEADER_TYPES = {"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"}
LETTER_TYPES = {"message/rfc822", "message/global"}
ACTIONS = {
    "failed": Fate.FAILED,
    "delayed": Fate.DELAYED,
    "delivered": Fate.DELIVERED,
    "relayed": Fate.DELIVERED,
    "expanded": Fate.DELIVERED,
}
BY_CLASS = {"5": Fate.FAILED, "4": Fate.DELAYED, "2": Fate.DELIVERED}
MOST_FAULTS = 50
LONGEST_WORDS = 500
ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")


def standard(message: Message) -> Report | None:
    """Return the report, if the message is one."""
    parts = [part for part in leaves(message) if part.get_content_type() in STATUS_TYPES]
    faults = [fault for part in parts for fault in _faults(part)][:MOST_FAULTS]
    return Report(tuple(faults), returned_ids(message)) if faults else None


def returned_ids(message: Message) -> tuple[str, ...]:
    """Return the Message-IDs of the letters that are enclosed, whole or as headers."""
    found = [one for part in leaves(message) for one in _enclosed(part)]
    return tuple(dict.fromkeys(found))


def _enclosed(part: Message) -> list[str]:
    if part.get_content_type() not in LETTER_TYPES | HEADER_TYPES:
        return []
    letters = inside(part)[:1] or [message_from_string(content(part)[:100_000].lstrip())]
    return [one for letter in letters for one in ids_in(header(letter, "Message-ID"))]


def _faults(part: Message) -> Iterator[Fault]:
    for block in _blocks(part):
        action = header(block, "Action").split("(")[0].strip().lower()
        status, said = _status(header(block, "Status")), words(_value(block, "Diagnostic-Code"))
        status = _sharper(status, said)
        fate = ACTIONS.get(action) or BY_CLASS.get(status[:1])
        if fate is not None:
            yield Fault(
                fate=fate,
                recipient=_address(block, "Final-Recipient"),
                original=_address(block, "Original-Recipient"),
                status=status,
                words=line(said, LONGEST_WORDS),
            )


def _blocks(part: Message) -> list[Message]:
    """Return the groups of fields; the first speaks of the message, the others of recipients."""
    blocks = inside(part)
    encoding = header(part, "Content-Transfer-Encoding").strip().lower()
    if encoding not in {"base64", "quoted-printable"}:
        return blocks
    whole = Message()
    whole["Content-Transfer-Encoding"] = encoding
    whole.set_payload("\n".join(str(one) for one in blocks))
    text = content(whole).replace("\r\n", "\n")[:100_000]
    return [message_from_string(group) for group in re.split(r"\n\n+", text) if group.strip()]


def _value(block: Message, name: str) -> str:
    """Return what stands behind the type: "smtp; 550 no such user"."""
    value = header(block, name)
    kind, sign, rest = value.partition(";")
    return rest.strip() if sign and " " not in kind.strip() else value.strip()


def _address(block: Message, name: str) -> str:
    value = _value(block, name).strip("<> ")
    return line(value, 254) if "@" in value else ""


def _status(text: str) -> str:
    found = ENHANCED.search(text)
    return found[0] if found else ""


def _sharper(status: str, said: str) -> str:
    """Return the code that the far server gave where the report's own says nothing (5.0.0)."""
    own = _status(said)
    vague = not status or status.endswith(".0.0")
    return own if own and vague and own[:1] == (status or own)[:1] else status
