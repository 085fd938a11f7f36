"""The words of a list, matched to kinds, districts, fields of work, states and channels."""

import re
from collections.abc import Iterable
from functools import lru_cache

from coordinator import turkish
from coordinator.registry.importing.reading import vocabulary
from coordinator.registry.models import (
    Channel,
    District,
    OrgStatus,
    OrgType,
    RelationKind,
    TargetGroup,
    WorkArea,
)

_SIGNS = re.compile(r"[\W_]+")
_DITTO = {'"', "''", "“", "”", "„", "〃", "″", "'", ",,", "″″", "//"}
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


def relation(text: str) -> RelationKind | None:
    code = vocabulary.meanings("relation").get(folded(text))
    return RelationKind(code) if code else None


def yes_or_no(text: str) -> bool | None:
    """Return what a tick or a word says, None if it is neither yes nor no."""
    word = folded(text)
    if not text or word in vocabulary.meanings("no"):
        return False
    return True if word in vocabulary.meanings("yes") else None


def means_the_same(text: str) -> bool:
    """Does a cell say "as above", in a word or by the sign for it?"""
    bare = text.replace(" ", "").strip("-.")
    return folded(text) in vocabulary.meanings("same") or bare in _DITTO


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


class Terms:
    """A list that the branch keeps, under every word by which lists mean its entries.

    An entry that was merged into another means that one; a retired one is still understood.
    """

    def __init__(self, kind: str, terms: Iterable[WorkArea | TargetGroup]) -> None:
        every = list(terms)
        self.names: dict[str, tuple[str, str]] = {}
        self.ids: dict[str, int] = {}
        for one in every:
            self.names[one.code] = (one.name_tr, one.name_en)
            self.ids[one.code] = one.id
        self._stands_for = _successors(every)
        words = vocabulary.meanings(kind)
        self._by_key = {word: code for word, code in words.items() if code in self.ids}
        for one in sorted(every, key=lambda one: one.merged_into_id is None):
            for name in (one.name_tr, one.name_en, one.code):
                self._by_key[folded(name)] = one.code

    def find(self, text: str, *, only_semicolons: bool = False) -> tuple[list[str], list[str]]:
        """Return the codes meant by a cell, and the words that no code is known for."""
        codes: list[str] = []
        unknown: list[str] = []
        whole = self._code(text)
        parts = [text] if whole else text.split(";") if only_semicolons else _SPLIT.split(text)
        for word in (part.strip() for part in parts):
            code = self._code(word)
            if code:
                codes.append(code)
            elif word:
                unknown.append(word)
        return list(dict.fromkeys(codes)), unknown

    def _code(self, word: str) -> str:
        code = self._by_key.get(folded(word), "")
        return self._stands_for.get(code, code)


def _successors(terms: Iterable[WorkArea | TargetGroup]) -> dict[str, str]:
    """Return for each merged entry the one that stands for it in the end."""
    by_id = {one.id: one for one in terms}
    found: dict[str, str] = {}
    for one in by_id.values():
        last, seen = one, {one.id}
        while last.merged_into_id in by_id and last.merged_into_id not in seen:
            last = by_id[last.merged_into_id]
            seen.add(last.id)
        if last is not one:
            found[one.code] = last.code
    return found


class Areas(Terms):
    """The fields of work."""

    def __init__(self, areas: Iterable[WorkArea]) -> None:
        super().__init__("area", areas)


class Groups(Terms):
    """The target groups."""

    def __init__(self, groups: Iterable[TargetGroup]) -> None:
        super().__init__("target", groups)
