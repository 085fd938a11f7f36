"""What somebody looks for: a typed text as terms, each found in one of several ways."""

import re
from dataclasses import dataclass

from coordinator import turkish
from coordinator.registry.search.words import LONGEST, national, words

MOST_TERMS = 8
LONGEST_TEXT = 400
_FORGIVEN_FROM = 4
_NATIONAL = 10
# A number as people write it: 35-123-456, 35/123/456, 0232 293 12 00, +90 (232) 293-12-00 #12
_NUMBER = re.compile(
    r"(?<![^\W_])[+(]?\d(?:[\s\-‐‑‒–—−/.()]*\d)*(?![^\W_])"
    r"(?:(?<=\d{2})[\s,]*(?:dahili|dah\.?|ext\.?|#)\s*:?\s*\d{1,6}(?![^\W_]))?"
)
_ADDRESS = re.compile(r"(\S*@\S*)")
_LABELS = frozenset(
    {
        "tel", "telefon", "telefonu", "gsm", "cep", "faks", "fax", "no", "nr", "numara",
        "numarasi", "kutuk", "sicil", "vergi", "vkn",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One thing that is looked for: `typed` as the reader wrote it, `ways` to find it.

    A way is a handful of beginnings, each of which some word of the organisation must have.
    """

    typed: str
    ways: tuple[tuple[str, ...], ...]

    @property
    def beginnings(self) -> tuple[str, ...]:
        """All beginnings of words that this term may be found by."""
        return tuple(dict.fromkeys(one for way in self.ways for one in way))

    @property
    def word(self) -> str:
        """The word, if it is one in which a typing error is forgiven; else nothing."""
        only = self.ways[0][0]
        letters = sum(not letter.isdigit() for letter in only)
        return only if len(self.ways) == 1 and letters >= _FORGIVEN_FROM else ""


def terms(text: str) -> list[Term]:
    """Return what is looked for in a typed text: at most eight things."""
    found: dict[Term, None] = {}
    for place, part in enumerate(_ADDRESS.split(text[:LONGEST_TEXT])):
        found |= dict.fromkeys(_plain(part) if place % 2 else _with_numbers(part))
    return list(found)[:MOST_TERMS]


def _with_numbers(text: str) -> list[Term]:
    found: list[Term] = []
    at = 0
    for number in _NUMBER.finditer(text):
        found += [*_plain(text[at : number.start()], before_number=True), _number(number[0])]
        at = number.end()
    return [*found, *_plain(text[at:])]


def _plain(text: str, *, before_number: bool = False) -> list[Term]:
    parts = [part for part in text.split() if words(part)]
    found = [Term(_bare(part, one), ((one,),)) for part in parts for one in words(part)]
    while before_number and found and found[-1].beginnings[0] in _LABELS:
        found.pop()
    return found


def _bare(part: str, word: str) -> str:
    """Return the typed part if it is one word, as the reader wrote it; else the folded word."""
    stripped = part.strip(".,;:!?()[]\"'“”‘’")
    return stripped if turkish.search_key(stripped) == word else word


def _number(text: str) -> Term:
    pieces = tuple(words(re.split(r"[^\W\d_]|#", text, maxsplit=1)[0]))
    joined = "".join(pieces)
    ways: dict[tuple[str, ...], None] = {(joined[:LONGEST],): None}
    for bare in _without_prefixes(joined):
        ways[(bare[:LONGEST],)] = None
        if len(bare) > _NATIONAL:
            ways[(bare[:_NATIONAL],)] = None
    if len(pieces) > 1:
        ways[tuple(piece[:LONGEST] for piece in pieces)] = None
    return Term(text.strip(), tuple(ways))


def _without_prefixes(digits: str) -> list[str]:
    """Return the number as it begins inside the country, where it may have been typed longer."""
    starts = [start for start in ("0090", "90", "00", "0") if digits.startswith(start)]
    bare = [digits[len(start) :] for start in starts] + [national(digits)]
    return [one for one in dict.fromkeys(bare) if len(one) > 1 and one != digits]
