"""Organisations under a name ("the saved list …"), as an upper floor keeps them."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app

from coordinator.registry.listing.filters import Filters


@dataclass(frozen=True)
class Reader:
    """Who knows the names: `filters` returns None for a name that is none."""

    filters: Callable[[str], Filters | None]
    names: Callable[[], list[str]]


def set_reader(app: Flask, reader: Reader) -> None:
    """Say who knows the names."""
    app.extensions["organization_names"] = reader


def filters(name: str) -> Filters | None:
    """Return the filters that leave the organisations of a name."""
    return _reader().filters(name)


def names() -> list[str]:
    """Return the names that there are, in Turkish order."""
    return _reader().names()


def _reader() -> Reader:
    reader: Reader = current_app.extensions["organization_names"]
    return reader
