"""The words of a list, matched to kinds, districts, fields of work, states and channels."""

import re
from collections.abc import Iterable
from functools import lru_cache

from coordinator import turkish
from coordinator.registry.importing import vocabulary
from coordinator.registry.models import Channel, District, OrgStatus, OrgType, WorkArea

_SIGNS = re.compile(r"[\W_]+")
_SPLIT = re.compile(r"[,;/\n|•]+")


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return the text as words are compared: no case, accents or signs, single spaces."""
    key = turkish.search_key(text)
    return _SIGNS.sub(" ", key).strip() or key


def kind(text: str) -> OrgType | None:
    """Return the kind that a list means by a word; None if nobody knows it."""
    code = vocabulary.meanings("kind").get(folded(text))
    return OrgType(code) if code else None


def names_plainly(text: str, kind: OrgType) -> bool:
    """Is the word the kind's own, in either language, and not one that only passes for it?"""
    word = folded(text)
    return word == folded(str(kind.word)) or word == folded(kind.value) or _plain_word(kind) == word


def _plain_word(kind: OrgType) -> str:
    return next(word for word, code in vocabulary.meanings("kind").items() if code == kind.value)


def kind_by_name(name: str) -> OrgType | None:
    """Return the kind that the last words of an organisation's name say."""
    words = folded(name).split()
    for start in range(max(0, len(words) - 3), len(words)):
        found = kind(" ".join(words[start:]))
        if found and found is not OrgType.OTHER:
            return found
    return None


def kind_of(text: str, name: str) -> OrgType | None:
    """Return the kind by the list's word, or by the name where the word fits several kinds."""
    found = kind(text)
    if found is OrgType.FEDERATION and folded(text) in {"birlik", "birligi"}:
        return OrgType.COOPERATIVE if "kooperatif" in folded(name) else found
    return found


def status(text: str) -> OrgStatus | None:
    code = vocabulary.meanings("status").get(folded(text))
    return OrgStatus(code) if code else None


def channel(text: str) -> Channel | None:
    code = vocabulary.meanings("channel").get(folded(text))
    return Channel(code) if code else None


def language(text: str) -> str | None:
    return vocabulary.meanings("language").get(folded(text))


class Districts:
    """The districts under every way in which lists write them."""

    def __init__(self, districts: Iterable[District]) -> None:
        self.names: dict[int, str] = {}
        self._by_key: dict[str, int] = {}
        for one in districts:
            self.names[one.id] = one.name
            for name in (one.name, *one.aliases.split(",")):
                if name.strip():
                    self._by_key[folded(name)] = one.id

    def find(self, text: str) -> int | None:
        """Return the district meant by "DİKİLİ", "Buca/İzmir", "Konak ilçesi", "İzmir - Tire"."""
        words = f" {folded(text)} "
        found = {number for name, number in self._by_key.items() if f" {name} " in words}
        return found.pop() if len(found) == 1 else None


class Areas:
    """The fields of work under every word by which lists mean them."""

    def __init__(self, areas: Iterable[WorkArea]) -> None:
        self.names: dict[str, tuple[str, str]] = {}
        self.ids: dict[str, int] = {}
        self._by_key: dict[str, str] = {}
        for one in areas:
            self.names[one.code] = (one.name_tr, one.name_en)
            self.ids[one.code] = one.id
        words = vocabulary.meanings("area")
        self._by_key = {word: code for word, code in words.items() if code in self.ids}
        for code, names in self.names.items():
            for name in (*names, code):
                self._by_key[folded(name)] = code

    def find(self, text: str, *, only_semicolons: bool = False) -> tuple[list[str], list[str]]:
        """Return the codes meant by a cell, and the words that no code is known for."""
        codes: list[str] = []
        unknown: list[str] = []
        parts = text.split(";") if only_semicolons else _SPLIT.split(text)
        for word in (part.strip() for part in parts):
            code = self._by_key.get(folded(word))
            if code:
                codes.append(code)
            elif word:
                unknown.append(word)
        return list(dict.fromkeys(codes)), unknown
