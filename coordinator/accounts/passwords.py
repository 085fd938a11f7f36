"""Passwords: which ones are taken, how they are kept, how they are compared."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import lazy_gettext as _l

from coordinator import turkish
from coordinator.errors import RuleBroken

COMMON = Path(__file__).parent / "data" / "common_words.txt"
LEAST, MOST = 8, 1000
# What people write for letters: p@ssw0rd is password.
_SWAPPED = str.maketrans("013457@$!", "oieastasi")
_ROWS = (
    "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb6yhn", "q1w2e3r4t5y6u7i8o9p0",
    "1q2w3e4r5t6y7u8i9o0p", "fgıodrnhpqwuieaütkmlyşxjövcçzsb",
)  # fmt: skip

# 19 MiB and two rounds, the OWASP minimum for Argon2id: many at once fit a small server.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class PasswordRefused(RuleBroken):
    """The password is too short, too long or among those that are tried first."""


def normal(password: str) -> str:
    """Return the one spelling in which a password is kept and compared, whatever the keyboard."""
    return unicodedata.normalize("NFC", password)


def digest(password: str) -> str:
    """Return what is stored for a password."""
    return _hasher.hash(normal(password).encode("utf-8", "replace"))


def matches(stored: str | None, password: str) -> bool:
    """Is this the password? Without a stored one the same work is done for nothing."""
    try:
        _hasher.verify(stored or _nobodys(), normal(password).encode("utf-8", "replace"))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def check(password: str, *, belonging: tuple[str, ...] = (), field: str = "password") -> None:
    """Raise PasswordRefused with the way out; `belonging` holds the person's name and address."""
    typed = normal(password)
    if len(typed) < LEAST:
        raise PasswordRefused(
            _l("Choose a password of at least %(least)s characters.", least=LEAST), field
        )
    if len(typed) > MOST:
        raise PasswordRefused(
            _l("Choose a password of at most %(most)s characters.", most=MOST), field
        )
    folded = turkish.search_key(typed)
    if _is_common(folded):
        raise PasswordRefused(
            _l("This password is among the first that are tried. Join three or four words."), field
        )
    if any(part in folded for part in _parts(belonging)) and len(folded) < 16:
        raise PasswordRefused(_l("Leave your name and address out of the password."), field)


def _is_common(folded: str) -> bool:
    """Is it a common word with digits or signs around it, a row of keys, or a repetition?"""
    if folded.isdigit() and len(folded) < 12:
        return True
    bare = folded.replace(" ", "")
    if len(set(bare)) < 4 or _is_row(bare) or re.fullmatch(r"(.{1,5})\1+.?", bare):
        return True
    trimmed = re.sub(r"^[^a-z]+|[^a-z]+$", "", bare)
    plain = (bare, trimmed, re.sub(r"[^a-z]", "", bare))
    swapped = (bare.strip("!.?*-_").translate(_SWAPPED), trimmed.translate(_SWAPPED))
    cores = {re.sub(r"^[^a-z]+|[^a-z]+$", "", form) for form in (*plain, *swapped)}
    if cores & _common() or any(_is_row(core) for core in cores):
        return True
    return any(word.startswith(core) for core in cores if len(core) >= LEAST for word in _common())


def _is_row(text: str) -> bool:
    return len(text) > 3 and any(text in row or text[::-1] in row for row in _ROWS)


def _parts(belonging: tuple[str, ...]) -> list[str]:
    words = re.split(r"[^a-z0-9]+", turkish.search_key(" ".join(belonging)))
    return [word for word in words if len(word) > 4]


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    return frozenset(turkish.search_key(word) for word in words)


@cache
def _nobodys() -> str:
    return _hasher.hash(b"nobody's password, compared with when there is no account")
