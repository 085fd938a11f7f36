"""Enumerations that people see: each member carries its word, its shape and its tone."""

from enum import StrEnum
from typing import Self

from flask_babel import LazyString


class Shown(StrEnum):
    """A code for the database, with the word, shape and tone under which people meet it.

    Members are written `CODE = "code", _l("Word"), "shape", "tone"`; shape and tone may be left
    out where an enumeration is a plain list of kinds.
    """

    word: LazyString | str
    shape: str
    tone: str

    def __new__(
        cls, code: str, word: LazyString | str = "", shape: str = "", tone: str = "slate"
    ) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.word = word
        member.shape = shape
        member.tone = tone
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, LazyString | str]]:
        """Return (code, word) pairs in the order of definition, for select fields."""
        return [(member.value, member.word) for member in cls]
