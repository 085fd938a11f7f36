"""Headers of messages, written by `email`'s older rules (compat32 with `Header`).

The newer ones add or drop spaces in long Turkish subjects. Those that many letters share are
encoded once.
"""

import re
from email.header import Header
from email.policy import Compat32
from email.utils import formataddr
from functools import lru_cache
from typing import Any


class Unsendable(ValueError):
    """The letter cannot be put into a message; trying again would not help."""


class Folded(str):
    """The text of a header as it stands in the message: encoded, and folded where it is long."""

    __slots__ = ()


class Policy(Compat32):
    """compat32, which writes a short plain header as it stands instead of folding it."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if isinstance(value, Folded) or (isinstance(value, str) and fits(name, value)):
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


POLICY = Policy(linesep="\r\n")
_PLAIN = re.compile(r"[ -~]*")


@lru_cache(256)
def text_header(value: str, header: str) -> str:
    """Return a header's text, encoded only where it must be."""
    if fits(header, value):
        return value
    encoded = Header(value, None if value.isascii() else "utf-8", header_name=header)
    return Folded(encoded.encode(linesep="\r\n", maxlinelen=POLICY.max_line_length))


def fits(header: str, value: str) -> bool:
    """Does a header stand on one line as it is? One without spaces cannot be folded."""
    room = 76 if " " in value else 900
    return len(header) + len(value) < room and _PLAIN.fullmatch(value) is not None


@lru_cache(256)
def address_header(value: tuple[str, str], header: str) -> str:
    """Return `Name <address>` whose name survives commas and Turkish letters."""
    name, address = value
    refuse_line_break(header, f"{name}{address}")
    if not name or name.isascii():
        return formataddr((name, address))
    encoded = Header(name, "utf-8", header_name=header).encode().replace("\n", "")
    return f"{encoded} <{address}>"


def refuse_line_break(name: str, value: str) -> None:
    """Refuse a value that would begin a header of its own."""
    if re.search("[\r\n\x00]", value):
        raise Unsendable(f"line break in the header {name}")
