"""Keys of personal links in a message that quotes one of our letters: they are never stored.

Whoever gets a copy of the database must not be able to open a link with it.
"""

import base64
import re
from email import message_from_bytes
from email.message import Message

MASK = "[…]"
_KEY = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{43}(?![\w-])", re.ASCII)
_KEY_BYTES = re.compile(_KEY.pattern.encode(), re.ASCII)
_BREAK = r"(?:=?\r?\n[ \t>]{0,10})?"
_BROKEN = re.compile(
    rf"(/|%2[fF])({_BREAK}[A-Za-z0-9_-](?:{_BREAK}[A-Za-z0-9_-]){{42}})(?![\w-])", re.ASCII
)
"""A key in an address that is cut in two: by a quotation, a calendar's fold, an encoding."""
_FILE = re.compile(r"(?:^[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/]*={0,2}", re.MULTILINE | re.ASCII)
"""A file in a letter that a report repeats as plain text: nobody reads it."""
PICTURES = ("image", "audio", "video")
_ENCODED_SLASH = re.compile(r"(%2[fF])([A-Za-z0-9_-]{43})(?![\w-])", re.ASCII)
"""Before a key in an address that a mail scanner has put into one of its own."""


def masked(text: str) -> str:
    """Return the text without whatever could be a key."""
    whole = _BROKEN.sub(rf"\1{MASK}", text)
    return _KEY.sub(MASK, _ENCODED_SLASH.sub(rf"\1{MASK}", whole))


def masked_message(raw: bytes) -> bytes:
    """Return the message without keys in any of its texts, however they are encoded."""
    try:
        message = message_from_bytes(raw)
        changed = [_mask(part) for part in message.walk() if not part.is_multipart()]
        if not any(changed):
            return raw
        return message.as_bytes()
    except Exception:  # hostile bytes: what stands there plainly goes all the same
        return _KEY_BYTES.sub(MASK.encode(), raw)


def _mask(part: Message) -> bool:
    """Mask the part's text; return whether there was anything to mask."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or part.get_content_maintype() in PICTURES:
        return False
    found = data.decode("latin-1")
    clean = masked(_FILE.sub(MASK, found))
    if clean == found:
        return False
    del part["Content-Transfer-Encoding"]
    part["Content-Transfer-Encoding"] = "base64"
    encoded = clean.replace(MASK, "[...]").encode("latin-1")
    part.set_payload(base64.encodebytes(encoded).decode())
    return True
