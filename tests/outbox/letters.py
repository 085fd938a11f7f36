"""Letters for the outbox's tests."""

from datetime import timedelta
from typing import Any

from coordinator import clock
from coordinator.extensions import db
from coordinator.letters import Letter
from coordinator.outbox import operations
from coordinator.outbox.models import LetterState, OutboxLetter

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:m1@paydas\r\n"
    "SUMMARY:25 Kasım’ı birlikte hazırlıyoruz\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def letter(number: int = 1, **changes: Any) -> Letter:
    """Return a letter to kisi<number>@kurulus.example."""
    parts: dict[str, Any] = {
        "kind": "test",
        "to_name": "Nermin Su",
        "to_address": f"kisi{number}@kurulus.example",
        "language": "tr",
        "subject": "25 Kasım’ı birlikte hazırlıyoruz",
        "text": "Sayın Nermin Su,\nsizi bekliyoruz.\n",
        "html": "<p>Sayın Nermin Su, sizi bekliyoruz.</p>",
    }
    return Letter(**{**parts, **changes})


def queued(number: int = 1, **changes: Any) -> OutboxLetter:
    """Return a letter that waits in the outbox, committed."""
    row = operations.queue(letter(number, **changes))
    db.session.commit()
    return row


def fresh(row: OutboxLetter) -> OutboxLetter:
    db.session.rollback()
    return db.session.get_one(OutboxLetter, row.id, populate_existing=True)


def make_due(*rows: OutboxLetter) -> None:
    """Let the pause of deferred letters be over."""
    for row in rows:
        fresh(row).next_try_at = clock.now() - timedelta(seconds=1)
        db.session.commit()


def outcomes(row: OutboxLetter) -> list[LetterState]:
    return [one.outcome for one in fresh(row).tries]
