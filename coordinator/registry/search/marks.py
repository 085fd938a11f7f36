"""What of a text matched a search, marked for the reader; and where it matched, if not in sight."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from coordinator import turkish
from coordinator.registry.search.asking import Search
from coordinator.registry.search.near import Sought

Span = tuple[int, int]
TEXT, NUMBER, PHONE = "text", "number", "phone"
_TOWN = 3  # digits of the town or the network before a subscriber's number
_MARK = Markup("<mark>{}</mark>")
# Each of these letters folds to one letter; with them alone, places stay what they are.
_ONE_TO_ONE = str.maketrans("çğıöşüâîûÇĞİIÖŞÜÂÎÛ’", "cgiosuaiucgiiosuaiu'")
_LETTER, _NO_LETTER_BEFORE, _NO_LETTER_BEHIND = r"[^\W_]", r"(?<![^\W_])", r"(?![^\W_])"
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Fact:
    """Something that an organisation is found by: what it is called, and how it is read."""

    label: Any
    text: str
    kind: str = TEXT


class Marker:
    """Marks texts for one search."""

    def __init__(self, search: Search) -> None:
        self.inside = search.inside
        self.terms = [] if search.inside else [_Patterns(one) for one in search.sought]

    def __call__(self, text: str, kind: str = TEXT) -> Markup:
        """Return the text, escaped, with what matched in <mark>."""
        found = self._spans(Fact("", text, kind)) if self.terms or self.inside else []
        return _marked(text, [span for one in found for span in one])

    def missing(self, shown: Iterable[Fact]) -> set[int]:
        """Return the places of the terms that none of these facts holds."""
        missing = set(range(len(self.terms)))
        for fact in shown:
            if missing:
                missing -= self._found_in(fact)
        return missing

    def told(self, missing: set[int], hidden: Iterable[Fact]) -> list[tuple[Any, Markup]]:
        """Return (label, marked text) of the facts that hold the missing terms."""
        told = []
        for fact in hidden:
            found = missing & self._found_in(fact) if missing else None
            if found:
                missing = missing - found
                told.append((fact.label, self(fact.text, fact.kind)))
        return told

    def _found_in(self, fact: Fact) -> set[int]:
        return {place for place, spans in enumerate(self._spans(fact)) if spans}

    def _spans(self, fact: Fact) -> list[list[Span]]:
        """Return for each term where it stands in the text."""
        if not fact.text:
            return []
        if fact.kind != TEXT and not self.inside:
            return [one.in_number(fact.text, fact.kind) for one in self.terms]
        folded, places = _folded(fact.text)
        if self.inside:
            at = folded.find(self.inside)
            return [[_span(places, at, at + len(self.inside))]] if at >= 0 else []
        return [[_span(places, *span) for span in one.in_words(folded)] for one in self.terms]


class _Patterns:
    """One term as patterns over folded text."""

    def __init__(self, sought: Sought) -> None:
        alone = [way[0] for way in sought.ways if len(way) == 1]
        self.beginnings = tuple(alone)
        self.word = _pattern(alone, sought.whole)
        self.together = [
            [_pattern([one], ()) for one in way] for way in sought.ways if len(way) > 1
        ]

    def in_words(self, folded: str) -> list[Span]:
        found = [match.span() for match in self.word.finditer(folded)]
        for pieces in self.together:
            places = [[match.span() for match in one.finditer(folded)] for one in pieces]
            if all(places):
                found += [span for one in places for span in one]
        return found

    def in_number(self, text: str, kind: str) -> list[Span]:
        """Find a number by its signs alone; a phone also without the trunk's 0 and the town."""
        folded, places = _folded(text)
        kept = [place for place, letter in enumerate(folded) if letter.isalnum()]
        compact = "".join(folded[place] for place in kept)
        starts = [0]
        if kind == PHONE:
            trunk = int(compact.startswith("0"))
            starts += [trunk, trunk + _TOWN]
        for start in starts:
            for one in self.beginnings:
                if compact.startswith(one, start):
                    return [_span(places, kept[start], kept[start + len(one) - 1] + 1)]
        return self.in_words(folded)


def _pattern(beginnings: Sequence[str], whole: Sequence[str]) -> re.Pattern[str]:
    ways = [
        ("" if one.startswith("@") else _NO_LETTER_BEFORE) + re.escape(one)
        for one in sorted(beginnings, key=len, reverse=True)
    ]
    ways += [f"{_NO_LETTER_BEFORE}{re.escape(one)}{_NO_LETTER_BEHIND}" for one in whole]
    return re.compile("|".join(ways)) if ways else _NEVER


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Return the text as it is searched, and for each of its letters the place it came from."""
    plain = text.translate(_ONE_TO_ONE)
    if plain.isascii():
        return plain.lower(), range(len(text) + 1)
    letters, places = [], []
    for place, letter in enumerate(text):
        for one in " " if letter.isspace() else turkish.search_key(letter):
            letters.append(one)
            places.append(place)
    return "".join(letters), [*places, len(text)]


def _span(places: Sequence[int], start: int, end: int) -> Span:
    """Return where folded letters stand in the text, with signs that belong to the last one."""
    return places[start], max(places[end], places[end - 1] + 1)


def _marked(text: str, spans: Iterable[Span]) -> Markup:
    parts, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            parts += [escape(text[at : max(start, at)]), _MARK.format(text[max(start, at) : end])]
            at = end
    return Markup("").join([*parts, escape(text[at:])])
