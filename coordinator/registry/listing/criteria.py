"""What upper floors add to the filters of organisations: "came in the last year"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app
from flask_babel import LazyString


@dataclass(frozen=True)
class Criterion:
    """A filter with a few choices; `name` stands in the address of the list."""

    name: str
    label: LazyString
    choices: Callable[[], Sequence[tuple[str, Any]]]
    """Return (value, words) of each choice."""
    condition: Callable[[str], sa.ColumnElement[bool]]
    """Return the condition on Organization for a value that is one of the choices."""
    kept: bool = False
    """Does a value stay that is none of the choices, or no longer? The condition finds nobody
    for it; left out, it would let everybody in."""


def init_app(app: Flask) -> None:
    app.extensions["organization_criteria"] = {}


def add(app: Flask, criterion: Criterion) -> None:
    """Put a filter on the list of organisations."""
    app.extensions["organization_criteria"][criterion.name] = criterion


def known() -> dict[str, Criterion]:
    """Return the filters that packages added, by name, in their order."""
    found: dict[str, Criterion] = current_app.extensions["organization_criteria"]
    return found
