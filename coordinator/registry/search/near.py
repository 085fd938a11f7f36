"""Forgiving one typing error in a word: a letter wrong, missing, too many, or two swapped.

The distance is counted here, over the words that the index holds, so that both databases give
the same answer. A word may also be the beginning of one, as it stands while somebody types.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from rapidfuzz import process
from rapidfuzz.distance import OSA

from coordinator.extensions import db
from coordinator.registry import queries
from coordinator.registry.models import organization_word
from coordinator.registry.search.index import beginning_with
from coordinator.registry.search.typed import Term
from coordinator.registry.search.words import words

SHORTEST_BEGINNING = 4
MOST = 100


@dataclass(frozen=True)
class Sought:
    """A term with the ways in which the database looks for it.

    `whole` are words that stand in for it as they are; `forgiven` says that they, or some of the
    ways, are only nearly what was typed.
    """

    term: Term
    ways: tuple[tuple[str, ...], ...]
    whole: tuple[str, ...] = ()
    forgiven: bool = False


def exactly(terms: Sequence[Term]) -> list[Sought]:
    return [Sought(term, term.ways) for term in terms]


def attempts(terms: Sequence[Term]) -> Iterator[list[Sought]]:
    """Return the searches to try, one after the other, when nothing is written as it was typed.

    First only the words that nobody has may be meant otherwise, by words with the same first
    letter, as people seldom mistype that one; then by all words; then each word of the search.
    """
    words_typed = [term for term in terms if term.word]
    missing = _missing(words_typed)
    same_letter = _where_missing(terms, missing, _vocabulary({one.word[0] for one in missing}))
    if same_letter:
        yield same_letter
    known = _vocabulary()
    any_letter = _where_missing(terms, missing, known)
    if any_letter and any_letter != same_letter:
        yield any_letter
    if len(missing) < len(words_typed):
        yield [_widely(term, known) if term.word else Sought(term, term.ways) for term in terms]


def _missing(terms: Sequence[Term]) -> set[Term]:
    """Return the terms with which no word of the index or of a district begins."""
    word = organization_word.c.word
    first = [
        sa.select(sa.func.min(word)).where(beginning_with(term.word)).scalar_subquery()
        for term in terms
    ]
    there = db.session.execute(sa.select(*first)).one()
    named = _district_words()
    return {
        term
        for term, found in zip(terms, there, strict=True)
        if found is None and not any(one.startswith(term.word) for one in named)
    }


def _where_missing(terms: Sequence[Term], missing: set[Term], known: list[str]) -> list[Sought]:
    """Return the search with other words for the missing ones, or nothing where there are none."""
    if not missing:
        return []
    search = [
        _tightly(term, known) if term in missing else Sought(term, term.ways) for term in terms
    ]
    return search if all(one.ways or one.whole for one in search) else []


def _vocabulary(letters: Collection[str] | None = None) -> list[str]:
    """Return the words, of the index and of the districts, that begin with one of the letters.

    Without letters, all that are no numbers.
    """
    if letters is not None and not letters:
        return []
    word = organization_word.c.word
    begun = sa.or_(*map(beginning_with, sorted(letters))) if letters else word >= "a"
    return [*db.session.scalars(sa.select(word).where(begun).distinct()), *_district_words()]


def _district_words() -> list[str]:
    return [word for one in queries.district_names() for word in words(f"{one.name} {one.aliases}")]


def _tightly(term: Term, known: list[str]) -> Sought:
    whole = _whole(term.word, known)
    ways = () if whole else tuple((one,) for one in _beginnings(term.word, known))
    return Sought(term, ways, whole, forgiven=True)


def _widely(term: Term, known: list[str]) -> Sought:
    whole, near = _whole(term.word, known), _beginnings(term.word, known)
    wide = Sought(term, (*term.ways, *((one,) for one in near)), whole)
    return replace(wide, forgiven=bool(whole or near))


def _whole(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known words that are the typed one with one error."""
    long = len(typed)
    return _close(typed, {word for word in known if long - 1 <= len(word) <= long + 1})


def _beginnings(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the beginnings of known words that are the typed one with one error."""
    long = len(typed)
    lengths = [one for one in (long - 1, long, long + 1) if one >= SHORTEST_BEGINNING]
    begun = {word[:one] for one in lengths for word in known if len(word) > one}
    close = _close(typed, begun)
    return tuple(one for one in close if not any(one[:n] in close for n in range(1, len(one))))


def _close(typed: str, candidates: set[str]) -> tuple[str, ...]:
    candidates.discard(typed)
    near = process.extract(
        typed, sorted(candidates), scorer=OSA.distance, score_cutoff=1, limit=None
    )
    # Where there is more than is asked for, what begins as it was typed comes first.
    found = sorted((word[:1] != typed[:1], word) for word, _distance, _place in near)
    return tuple(word for _other, word in found[:MOST])
