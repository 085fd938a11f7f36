"""Where the lines of an organisation's history come from: each package tells its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from flask_babel import LazyString

from coordinator.access import READERS, Role
from coordinator.registry.models import Organization


@dataclass(frozen=True)
class Event:
    """One line of the history: when, what, and the page it leads to."""

    at: datetime
    kind: str
    """The source's name, by which the history can be cut."""
    title: Any
    """What happened, in the reader's language: "Invited to 25 Kasım preparation"."""
    text: str = ""
    """What was said, where something was."""
    url: str | None = None
    link: Any = ""
    """What the link to the page is called; the title where it is empty."""
    shape: str = "ring"
    tone: str = "slate"
    who: str = ""
    ours: bool = False
    """Did the branch write the text?"""


@dataclass(frozen=True)
class Source:
    """Lines of one kind. `load` returns the newest `most` of an organisation, newest first.

    A source asks a fixed number of statements, however many lines there are.
    """

    name: str
    label: LazyString
    load: Callable[[Organization, int], list[Event]]
    roles: frozenset[Role] = READERS


@dataclass(frozen=True)
class Remark:
    """A sentence above the history that somebody should know: a streak of absences."""

    load: Callable[[Organization], str | None]
    roles: frozenset[Role] = READERS


def init_app(app: Flask) -> None:
    app.extensions["history_sources"] = {}
    app.extensions["history_remarks"] = []


def add(app: Flask, source: Source) -> None:
    """Let a package tell its part of every organisation's history."""
    app.extensions["history_sources"][source.name] = source


def add_remark(app: Flask, remark: Remark) -> None:
    """Let a package say a sentence above the history."""
    app.extensions["history_remarks"].append(remark)


def known() -> dict[str, Source]:
    """Return the sources by name, in the order in which they were added."""
    found: dict[str, Source] = current_app.extensions["history_sources"]
    return found


def remarks() -> list[Remark]:
    found: list[Remark] = current_app.extensions["history_remarks"]
    return found
