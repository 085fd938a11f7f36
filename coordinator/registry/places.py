"""The row of links above the list of organisations: other places of the registry.

Upper floors add theirs, with what stands in the address there for the filters of the list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, url_for
from flask_babel import LazyString
from flask_login import current_user

from coordinator.access import READERS, Role
from coordinator.registry.listing.filters import Filters


@dataclass(frozen=True)
class Place:
    """A page that belongs to the registry: `count` says how many things wait there.

    With `carry`, the link takes along what it returns for the filters of the list, and is left
    out where that is None ("save this search" without a search).
    """

    order: int
    label: LazyString | str
    endpoint: str
    icon: str
    roles: frozenset[Role] = READERS
    count: Callable[[], int] | None = None
    carry: Callable[[Filters], Mapping[str, Any] | None] | None = None


@dataclass(frozen=True)
class ShownPlace:
    """A link as the page draws it."""

    label: LazyString | str
    url: str
    icon: str
    count: int


def init_app(app: Flask) -> None:
    app.extensions["organization_places"] = []
    app.extensions["organization_deeds"] = []
    app.extensions["organization_bulk"] = []


def add(app: Flask, place: Place) -> None:
    """Put a link into the row of places."""
    _put(app.extensions["organization_places"], place)


def add_deed(app: Flask, place: Place) -> None:
    """Put a link beside the count of the list: something to do with what was found."""
    _put(app.extensions["organization_deeds"], place)


def add_bulk(app: Flask, place: Place) -> None:
    """Put a button above the list that leads on with those that are ticked, each as `k`."""
    _put(app.extensions["organization_bulk"], place)


def _put(known: list[Place], place: Place) -> None:
    known.append(place)
    known.sort(key=lambda one: one.order)


def shown() -> list[ShownPlace]:
    """Return the row of places that the reader may open."""
    return _drawn("organization_places", Filters())


def deeds(filters: Filters) -> list[ShownPlace]:
    """Return what the reader may do with the list that these filters leave."""
    return _drawn("organization_deeds", filters)


def bulk() -> list[ShownPlace]:
    """Return what the reader may do with those that are ticked."""
    return _drawn("organization_bulk", Filters())


def _drawn(kept: str, filters: Filters) -> list[ShownPlace]:
    drawn = []
    for place in current_app.extensions[kept]:
        values = place.carry(filters) if place.carry else {}
        if current_user.role in place.roles and values is not None:
            count = place.count() if place.count else 0
            url = url_for(place.endpoint, **values)
            drawn.append(ShownPlace(place.label, url, place.icon, count))
    return drawn
