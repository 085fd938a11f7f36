"""Who would be written to if a meeting moved or were off. The floors above know; pages ask here."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Flask, current_app

from coordinator.meetings.models import Meeting


class Outlook(NamedTuple):
    """So many letters would go to so many organisations, and none to those left out."""

    letters: int = 0
    organizations: int = 0
    left_out: int = 0


class Source(NamedTuple):
    """What would be written if time or place changed, and if the meeting were called off."""

    moving: Callable[[Meeting], Outlook]
    cancelling: Callable[[Meeting], Outlook]


def init_app(app: Flask) -> None:
    app.extensions["meeting_outlooks"] = []


def add(app: Flask, source: Source) -> None:
    """Register a source; asking it changes nothing."""
    app.extensions["meeting_outlooks"].append(source)


def of_moving(meeting: Meeting) -> Outlook:
    return _sum([source.moving(meeting) for source in current_app.extensions["meeting_outlooks"]])


def of_cancelling(meeting: Meeting) -> Outlook:
    sources = current_app.extensions["meeting_outlooks"]
    return _sum([source.cancelling(meeting) for source in sources])


def _sum(outlooks: list[Outlook]) -> Outlook:
    return Outlook(*map(sum, zip(*outlooks, strict=True)))
