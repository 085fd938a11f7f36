"""Letters that nobody called back and whose words time has overtaken: packages say which."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask, current_app

from coordinator.outbox.models import OutboxLetter

Condition = Callable[[], sa.ColumnElement[bool]]


def init_app(app: Flask) -> None:
    app.extensions["outdated_letters"] = []


def add_outdated(app: Flask, condition: Condition) -> None:
    """Let a package say which of its letters speak of what is over, or say what a later one says.

    The condition is about the letter's row in `letter`.
    """
    app.extensions["outdated_letters"].append(condition)


def still_true() -> sa.ColumnElement[bool]:
    """The condition that what a letter says holds, as far as anybody knows."""
    conditions: list[Condition] = current_app.extensions["outdated_letters"]
    outdated = [~condition() for condition in conditions]
    return sa.and_(OutboxLetter.called_back_at.is_(None), *outdated)
