"""The words of letters as they stand now."""

from collections.abc import Mapping

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.letter_texts import kinds
from coordinator.letter_texts.kinds import Kind
from coordinator.letter_texts.models import LetterText
from coordinator.letter_texts.words import Wording, Words


def changed(kind: str, about: str = "") -> Mapping[str, Words]:
    """Return the changed words of a kind by language: those for one thing before the general."""
    rows = db.session.scalars(
        sa.select(LetterText)
        .where(LetterText.kind == kind, LetterText.about.in_({"", about}))
        .order_by(sa.func.length(LetterText.about))
    )
    return {one.language: words_of(one) for one in rows}


def in_use(code: str, about: str = "") -> Wording:
    """Return the words that letters of a kind have now; the database is asked here, once."""
    kind, own = kinds.get(code), changed(code, about)
    return lambda language: own.get(language) or kind.shipped(language)


def stored(kind: str, language: str, about: str = "") -> LetterText | None:
    """Return the row of exactly these words, if they were changed."""
    return db.session.scalar(
        sa.select(LetterText).filter_by(kind=kind, language=language, about=about)
    )


def current(kind: Kind, language: str, about: str = "") -> Words:
    """Return the words that a letter has now."""
    return in_use(kind.code, about)(language)


def general() -> dict[tuple[str, str], LetterText]:
    """Return all words that were changed for every letter, by kind and language."""
    rows = db.session.scalars(sa.select(LetterText).where(LetterText.about == ""))
    return {(one.kind, one.language): one for one in rows}


def about(code: str) -> dict[tuple[str, str], LetterText]:
    """Return the words that were changed for one thing only, by kind and language."""
    rows = db.session.scalars(sa.select(LetterText).where(LetterText.about == code))
    return {(one.kind, one.language): one for one in rows}


def words_of(row: LetterText) -> Words:
    return Words(row.subject, row.greeting, row.body, row.closing)
