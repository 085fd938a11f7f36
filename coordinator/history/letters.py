"""What became of a letter, as a line of the history says it."""

from flask_babel import gettext as _

from coordinator.outbox.models import LetterState, OutboxLetter


def fate(letter: OutboxLetter) -> str:
    """Return to whom a letter went and what became of it, with the reason where it failed."""
    line = _(
        "To %(name)s (%(address)s): %(state)s",
        name=letter.to_name,
        address=letter.to_address,
        state=letter.state.word,
    )
    return with_reason(line, letter)


def with_reason(line: str, letter: OutboxLetter) -> str:
    """Return the line with why the letter was not delivered, if it was not."""
    failed = letter.state in (LetterState.FAILED, LetterState.DEFERRED) and letter.reason
    return f"{line}. {letter.reason_words}" if failed else line
