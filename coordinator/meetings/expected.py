"""Who is expected at a meeting. The floors above know; the attendance page asks them here."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from flask import Flask, current_app

from coordinator.meetings.models import Meeting
from coordinator.registry.models import Organization
from coordinator.states import Shown


class Expected(NamedTuple):
    """An organisation that was asked: how many people, who, and what it answered."""

    organization: Organization
    people: int = 0
    names: tuple[str, ...] = ()
    answer: Shown | None = None


Source = Callable[[Meeting], Iterable[Any]]


def init_app(app: Flask) -> None:
    app.extensions["meeting_expected"] = []


def add(app: Flask, source: Source) -> None:
    """Register a source: given a meeting it returns `Expected`s, or tuples of the same order."""
    app.extensions["meeting_expected"].append(source)


def at(meeting: Meeting) -> list[Expected]:
    """Return each organisation expected at the meeting once, in Turkish order."""
    found: dict[int, Expected] = {}
    for source in current_app.extensions["meeting_expected"]:
        for row in source(meeting):
            one = Expected(*row)
            found.setdefault(one.organization.id, one)
    return sorted(found.values(), key=lambda one: one.organization.sort_key)
