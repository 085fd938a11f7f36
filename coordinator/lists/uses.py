"""What upper floors do with a list: "invite it to a meeting". A list's page offers them."""

from dataclasses import dataclass

from flask import Flask, current_app, url_for
from flask_babel import LazyString
from flask_login import current_user

from coordinator.access import WRITERS, Role
from coordinator.lists.models import OrganizationList


@dataclass(frozen=True)
class Use:
    """A link on the page of every list: `endpoint` takes the list's `public_id`."""

    order: int
    label: LazyString
    endpoint: str
    icon: str
    roles: frozenset[Role] = WRITERS


def init_app(app: Flask) -> None:
    app.extensions["list_uses"] = []


def add(app: Flask, use: Use) -> None:
    """Put a link on the page of every list."""
    known: list[Use] = app.extensions["list_uses"]
    known.append(use)
    known.sort(key=lambda one: one.order)


def shown(one: OrganizationList) -> list[tuple[LazyString, str, str]]:
    """Return (label, icon, url) of what the reader may do with the list."""
    return [
        (use.label, use.icon, url_for(use.endpoint, public_id=one.public_id))
        for use in current_app.extensions["list_uses"]
        if current_user.role in use.roles
    ]
