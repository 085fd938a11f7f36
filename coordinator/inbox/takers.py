"""Who makes something of mail that arrives: upper floors say what an answer does.

Takers are asked in order for every calendar answer and for every message that a person wrote,
in the transaction that records it; the first that gives a verdict has taken it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app

from coordinator.inbox.arrival import Arrival
from coordinator.inbox.models import MessageKind
from coordinator.outbox.models import OutboxLetter


@dataclass(frozen=True)
class Verdict:
    """What a message turned out to be and did: `details` are plain JSON values."""

    kind: MessageKind
    outcome: str = ""
    """A code that the pages have words for."""
    details: Mapping[str, Any] = field(default_factory=dict)
    letter: OutboxLetter | None = None
    """The letter it belongs to; None keeps the one that the arrival names."""


@dataclass(frozen=True)
class Taker:
    """Looks at a message and acts, or leaves it to others (None). It flushes at most.

    What it did is taken back if it raises; the message then waits for staff.
    """

    order: int
    take: Callable[[Arrival], Verdict | None]


def init_app(app: Flask) -> None:
    app.extensions["inbox_takers"] = []


def add(app: Flask, taker: Taker) -> None:
    """Let somebody look at what arrives."""
    known: list[Taker] = app.extensions["inbox_takers"]
    known.append(taker)
    known.sort(key=lambda one: one.order)


def verdict(arrival: Arrival) -> Verdict | None:
    """Ask the takers in turn."""
    for taker in current_app.extensions["inbox_takers"]:
        found = taker.take(arrival)
        if found is not None:
            return found  # type: ignore[no-any-return]
    return None
