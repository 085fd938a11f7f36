"""Passwords: which ones are taken, how they are kept, how they are compared."""

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import lazy_gettext as _l

from coordinator import turkish
from coordinator.errors import RuleBroken

COMMON = Path(__file__).parent / "data" / "common_passwords.txt"
LEAST, MOST = 8, 1000

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
    if folded in _common():
        raise PasswordRefused(
            _l("This password is among the first that are tried. Join three or four words."), field
        )
    if folded.replace(" ", "") in {_together(one) for one in belonging}:
        raise PasswordRefused(
            _l("Your name or your address alone is no password. Choose another one."), field
        )


def _together(text: str) -> str:
    return turkish.search_key(text).replace(" ", "")


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text("utf-8").splitlines()
    listed = [one for line in lines if not line.startswith("#") for one in line.split()]
    return frozenset(turkish.search_key(one) for one in listed)


@cache
def _nobodys() -> str:
    return _hasher.hash(b"nobody's password, compared with when there is no account")
