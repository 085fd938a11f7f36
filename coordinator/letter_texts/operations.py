"""Change the words of a kind of letter, and go back to those that were shipped."""

from dataclasses import asdict

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.extensions import db
from coordinator.letter_texts import queries
from coordinator.letter_texts.kinds import Kind
from coordinator.letter_texts.models import LetterText
from coordinator.letter_texts.words import Words, faults


class AsShipped(RuleBroken):
    """There is nothing to go back from."""

    message = _l("These words are as they were already.")


def change(
    *,
    kind: Kind,
    language: str,
    words: Words,
    actor: Actor,
    about: str = "",
    version: int | None = None,
) -> LetterText:
    """Let letters of the kind read so from now on; those that wait in the outbox stay.

    `version` is that of the row that the writer saw, None where there was none. Raises RuleBroken,
    naming the field, for a placeholder that the kind does not have.
    """
    for field, text in asdict(words).items():
        if wrong := faults(text, kind.names):
            raise RuleBroken(" ".join(wrong), field)
    row = queries.stored(kind.code, language, about)
    if (row.version if row else None) != version:
        raise SavedMeanwhile
    before = asdict(queries.current(kind, language, about))
    if row is None:
        row = LetterText(kind=kind.code, language=language, about=about)
        db.session.add(row)
    for field, text in asdict(words).items():
        setattr(row, field, text)
    try:
        db.session.flush()
    except sa.exc.IntegrityError as error:
        raise SavedMeanwhile from error
    audit.record("letter_text.changed", row, actor, about=about, before=before)
    return row


def put_back(*, kind: Kind, language: str, actor: Actor, about: str = "") -> None:
    """Let letters read as shipped again, or, for one thing, as all others of the kind do.

    The words that go stay readable in the audit. Raises AsShipped where nothing was changed.
    """
    row = queries.stored(kind.code, language, about)
    if row is None:
        raise AsShipped
    audit.record(
        "letter_text.put_back", row, actor, about=about, before=asdict(queries.words_of(row))
    )
    db.session.delete(row)
    db.session.flush()
