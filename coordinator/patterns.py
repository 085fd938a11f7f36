"""Letters that differ in a few words only, rendered once and filled in for each recipient.

A pattern holds a stand-in where each word belongs. It is cut apart there, once, and whatever is
filled in is never looked at again: a name cannot pass for a stand-in, or become markup.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import escape

# Letters and digits only: nothing that escaping, wrapping or cleaning would touch.
_KEY = secrets.token_hex(8)
_GAP = re.compile("\n{3,}")
_STAND_IN = re.compile(f"(X{_KEY}[a-z0-9]+Z)")


def stand_in(word: str) -> str:
    """Return what stands for the word `word` (small letters and digits) in a pattern."""
    return f"X{_KEY}{word}Z"


@dataclass(frozen=True)
class Pattern:
    """A rendered letter, cut apart at its stand-ins."""

    subject: tuple[str, ...]
    text: tuple[str, ...]
    html: tuple[str, ...]

    @classmethod
    def of(cls, subject: str, text: str, html: str) -> "Pattern":
        text = _GAP.sub("\n\n", text)
        return cls(*(tuple(_STAND_IN.split(part)) for part in (subject, text, html)))

    def filled(self, words: Mapping[str, str]) -> tuple[str, str, str]:
        """Return (subject, text, html) with the words in their places."""
        plain = {stand_in(name): value for name, value in words.items()}
        escaped = {name: str(escape(value)) for name, value in plain.items()}
        return (
            "".join(plain.get(part, part) for part in self.subject),
            "".join(plain.get(part, part) for part in self.text),
            "".join(escaped.get(part, part) for part in self.html),
        )
