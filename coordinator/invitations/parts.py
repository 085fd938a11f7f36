"""What upper floors put into an invitation's own page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, render_template
from flask_babel import LazyString
from flask_login import current_user
from markupsafe import Markup

from coordinator.access import READERS, Role
from coordinator.invitations.models import Invitation


@dataclass(frozen=True)
class Part:
    """A part of the page: `template` is rendered with what `load` returns and `invitation`.

    The heading is the page's; a part whose `load` returns None is left out.
    """

    order: int
    title: LazyString | str
    template: str
    load: Callable[[Invitation], Mapping[str, Any] | None]
    roles: frozenset[Role] = READERS


@dataclass(frozen=True)
class ShownPart:
    """A part as the page draws it."""

    title: LazyString | str
    content: Markup


def init_app(app: Flask) -> None:
    app.extensions["invitation_parts"] = []


def add(app: Flask, part: Part) -> None:
    """Put a part into every invitation's page."""
    known: list[Part] = app.extensions["invitation_parts"]
    known.append(part)
    known.sort(key=lambda one: one.order)


def shown(invitation: Invitation) -> list[ShownPart]:
    """Return the parts of an invitation's page that the reader may see, in order."""
    drawn = []
    for part in current_app.extensions["invitation_parts"]:
        if current_user.role not in part.roles:
            continue
        context = part.load(invitation)
        if context is not None:
            content = render_template(part.template, invitation=invitation, **context)
            drawn.append(ShownPart(part.title, Markup(content)))  # noqa: S704
    return drawn
