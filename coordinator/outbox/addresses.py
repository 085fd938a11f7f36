"""The addresses that only one letter has: where answers to it go, and where it comes back to.

Each holds the letter's name and an HMAC over it, all in letters and digits that survive a mail
server that writes addresses small. Who has one address can neither make nor guess another.
"""

import base64
import hashlib
import hmac
import re

from flask import current_app

REPLY, BOUNCE, UNSUBSCRIBE = "reply", "bounce", "unsubscribe"
PLACE = re.compile(r"\{[a-z_]*\}|%s|\*")
"""The place of a letter's own part in REPLY_ADDRESS and BOUNCE_ADDRESS."""
NAME = 12
PART = re.compile(r"[a-z2-9]{38}")


def reply_address(code: str) -> str | None:
    """Return where answers to the letter go; None where no answers are read."""
    return _filled("REPLY_ADDRESS", REPLY, code)


def bounce_address(code: str) -> str | None:
    """Return where the letter comes back to if it cannot be delivered (its MAIL FROM)."""
    return _filled("BOUNCE_ADDRESS", BOUNCE, code)


def letter_of(purpose: str, address: str) -> str | None:
    """Return the name of the letter whose reply or bounce address this is, or None."""
    setting = {REPLY: "REPLY_ADDRESS", BOUNCE: "BOUNCE_ADDRESS"}[purpose]
    pattern = current_app.config[setting]
    if not pattern:
        return None
    head, foot = PLACE.split(pattern.lower(), maxsplit=1)
    text = address.strip().lower()
    if not text.startswith(head) or not text.endswith(foot):
        return None
    return opened(purpose, text[len(head) : len(text) - len(foot)])


def part(purpose: str, code: str) -> str:
    """Return what stands for the letter in an address: 12 characters and 130 bits of HMAC."""
    key = current_app.config["SECRET_KEY"].encode()
    digest = hmac.new(key, f"letter:{purpose}:{code}".encode(), hashlib.sha256).digest()
    return code + base64.b32encode(digest).decode().lower()[:26]


def opened(purpose: str, text: str) -> str | None:
    """Return the name of the letter that `part` was made for; None for anything else."""
    if not PART.fullmatch(text):
        return None
    code = text[:NAME]
    return code if hmac.compare_digest(text, part(purpose, code)) else None


def _filled(setting: str, purpose: str, code: str) -> str | None:
    pattern = current_app.config[setting]
    return PLACE.sub(part(purpose, code), pattern, count=1) if pattern else None
