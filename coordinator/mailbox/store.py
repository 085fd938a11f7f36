"""Caught letters as files: one `.eml` each, named by the moment it came."""

import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_binary_file
from email.header import decode_header
from email.message import Message
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app

from coordinator import turkish

_NAME = re.compile(r"[0-9]{8}T[0-9]{12}-[0-9a-f]{6}")
TO = "X-Caught-For"


@dataclass(frozen=True)
class Attachment:
    """A part that is kept beside the text."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True)
class Caught:
    """A letter in the mailbox: what a list shows of it."""

    name: str
    at: datetime
    recipient: str
    to: str
    sender: str
    subject: str


@dataclass(frozen=True)
class Opened:
    """A letter with all that is in it."""

    caught: Caught
    headers: list[tuple[str, str]]
    text: str
    html: str
    attachments: list[Attachment]


def folder() -> Path:
    """Return the folder of caught letters."""
    return Path(current_app.instance_path) / "mailbox"


def keep(into: Path, recipient: str, content: bytes) -> str:
    """Store a letter and return its name."""
    into.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
    draft = into / f"{name}.new"
    with draft.open("wb") as file:
        file.write(f"{TO}: {recipient}\r\n".encode("ascii", "replace") + content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(into / f"{name}.eml")
    return name


def names() -> list[str]:
    """Return the names of all letters, newest first."""
    found = folder().glob("*.eml")
    return sorted((path.stem for path in found if _NAME.fullmatch(path.stem)), reverse=True)


def search(text: str) -> list[str]:
    """Return the names of letters whose recipient's name or address holds the text."""
    wanted = turkish.search_key(text)
    return [name for name in names() if wanted in turkish.search_key(_addressee(name))]


def listed(name: str) -> Caught:
    """Return what a list shows of a letter."""
    return _listed(folder() / f"{name}.eml")


def opened(name: str) -> Opened | None:
    """Return a letter with all its parts; None if there is none of that name."""
    path = folder() / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.exists():
        return None
    message = _read(path)
    headers = [(key, decoded(value)) for key, value in message.items() if key != TO]
    attachments = [
        Attachment(part.get_filename() or "", part.get_content_type(), _bytes(part))
        for part in message.walk()
        if part.get_filename()
    ]
    text, html = _text(message, "text/plain"), _text(message, "text/html")
    return Opened(_listed(path), headers, text, html, attachments)


def decoded(header: Any) -> str:
    """Return a header as people read it."""
    parts = decode_header(" ".join(str(header or "").split()))
    return "".join(
        text if isinstance(text, str) else text.decode(code or "latin-1", "replace")
        for text, code in parts
    )


def _unquoted(address: str) -> str:
    return re.sub(r'^"(.*)" <', r"\1 <", address)


def _addressee(name: str) -> str:
    caught = listed(name)
    return f"{caught.to} {caught.recipient}"


@lru_cache(maxsize=5000)
def _listed(path: Path) -> Caught:
    message = _read(path)
    return Caught(
        name=path.stem,
        at=datetime.strptime(path.stem[:21], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC),
        recipient=str(message[TO] or ""),
        to=_unquoted(decoded(message["To"])),
        sender=_unquoted(decoded(message["From"])),
        subject=decoded(message["Subject"]),
    )


def _read(path: Path) -> Message:
    with path.open("rb") as file:
        return message_from_binary_file(file)


def _text(message: Message, kind: str) -> str:
    for part in message.walk():
        if part.get_content_type() == kind and not part.get_filename():
            charset = part.get_content_charset() or "utf-8"
            return _bytes(part).decode(charset, "replace").replace("\r\n", "\n")
    return ""


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
