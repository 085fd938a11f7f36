"""The entries of the rail. Each package adds its own; a reader sees those open to their role.

And the addresses of pages that need no values, which every page names by the dozen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import LazyString
from flask_login import current_user

from coordinator.access import Role


@dataclass(frozen=True)
class Entry:
    """An entry of the rail: `count` says how many things wait there, where that is known."""

    order: int
    label: LazyString
    endpoint: str
    icon: str
    roles: frozenset[Role]
    count: Callable[[], int] | None = None
    more_endpoints: tuple[str, ...] = ()
    """Endpoints of other blueprints whose pages belong under this entry."""


@dataclass(frozen=True)
class ShownEntry:
    """An entry as the page draws it."""

    label: LazyString
    url: str
    icon: str
    current: bool
    count: int


class Rail:
    """The entries of one application."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.homes: dict[str, str] = {}

    def add(self, entry: Entry) -> None:
        self.entries = sorted([*self.entries, entry], key=lambda one: one.order)

    def shown(self) -> list[ShownEntry]:
        """Return the reader's entries; a page draws them twice, and they are counted once."""
        if "rail_entries" not in g:
            g.rail_entries = self._drawn() if current_user.is_authenticated else []
        entries: list[ShownEntry] = g.rail_entries
        return entries

    def _drawn(self) -> list[ShownEntry]:
        open_to_me = [entry for entry in self.entries if current_user.role in entry.roles]
        return [
            ShownEntry(
                label=entry.label,
                url=address(entry.endpoint),
                icon=entry.icon,
                current=self._is_current(entry, open_to_me),
                count=entry.count() if entry.count else 0,
            )
            for entry in open_to_me
        ]

    def _is_current(self, entry: Entry, entries: list[Entry]) -> bool:
        home = self.homes.get(request.blueprint or "")
        return entry.endpoint == home if home else _holds(entry, entries)


def _holds(entry: Entry, entries: list[Entry]) -> bool:
    here = request.endpoint or ""
    if here == entry.endpoint or here in entry.more_endpoints:
        return True
    elsewhere = any(here == one.endpoint or here in one.more_endpoints for one in entries)
    first = next((o for o in entries if o.endpoint.split(".")[0] == here.split(".")[0]), None)
    return not elsewhere and entry is first


def add(app: Flask, entry: Entry) -> None:
    """Put an entry on the application's rail."""
    app.extensions["rail"].add(entry)


def under(app: Flask, blueprint: str, endpoint: str) -> None:
    """Say that a package's pages, which have no entry of their own, belong under another's."""
    app.extensions["rail"].homes[blueprint] = endpoint


def address(endpoint: str, **values: Any) -> str:
    """Return what `url_for` would, asked once for each page and file without other values."""
    name = values.get("filename", "")
    if len(values) > bool(name) or endpoint.startswith(".") or not has_request_context():
        return url_for(endpoint, **values)
    known: dict[tuple[str, str], str] = current_app.extensions["addresses"]
    if (endpoint, name) not in known:
        known[endpoint, name] = url_for(endpoint, **values)
    return known[endpoint, name]


def init_app(app: Flask) -> None:
    app.extensions["rail"] = rail = Rail()
    app.extensions["addresses"] = {}
    app.jinja_env.globals.update(navigation=rail.shown, url_for=address)
