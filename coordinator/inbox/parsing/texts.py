"""Bytes and encodings: whatever arrives becomes text that any database and page can hold."""

import binascii
import codecs
import quopri
import re
from base64 import b64decode
from email.message import Message

FOREIGN = "cp1254"
"""What Turkish mail is written in where it is not UTF-8 and does not say what it is."""
NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
LONGEST_HEADER = 5_000
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bqBQ])\?([^?]{0,2000})\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?)")
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def decoded(data: bytes, charset: str | None) -> str:
    """Return the text: in the charset it says, in UTF-8, or in Turkish Windows."""
    for name in (charset, "utf-8"):
        try:
            if name and codecs.lookup(name).name not in NO_CHARSETS:
                return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode(FOREIGN, errors="replace")


def clean(text: str) -> str:
    """Return the text without what cannot be stored or what deceives the eye."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _DROPPED.sub("", lines).replace("\xa0", " ")


def line(text: str, longest: int) -> str:
    """Return the text on one line, cut."""
    return " ".join(clean(text).split())[:longest].rstrip()


def header(message: Message, name: str) -> str:
    """Return the first header of that name as it was sent, on one line; "" if there is none."""
    return next(iter(headers(message, name)), "")


def headers(message: Message, name: str) -> list[str]:
    """Return all headers of that name as they were sent, cut at a sensible length."""
    found = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return [_unfolded(str(value)) for value in found]


def words(value: str) -> str:
    """Return a header as people read it (RFC 2047), also where it is written badly."""
    joined = _BETWEEN.sub(r"\1", value[:LONGEST_HEADER])
    text, end, pending, charset = "", 0, b"", ""
    for found in _WORD.finditer(joined):
        own = found[1].partition("*")[0].lower()
        between = joined[end : found.start()]
        if pending and (between or own != charset):
            text, pending = text + decoded(pending, charset), b""
        text, end, charset = text + between, found.end(), own
        pending += _bytes(found[2], found[3])
    return text + (decoded(pending, charset) if pending else "") + joined[end:]


def _bytes(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", errors="replace")
    if encoding in "qQ":
        return quopri.decodestring(data, header=True)
    try:
        return b64decode(data + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return data


def _unfolded(value: str) -> str:
    cut = value[:LONGEST_HEADER].replace("\r", "").replace("\n", " ")
    return decoded(cut.encode("utf-8", errors="surrogateescape"), "utf-8")
