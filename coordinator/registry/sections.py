"""What upper floors put into an organisation's page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, render_template
from flask_babel import LazyString
from flask_login import current_user
from markupsafe import Markup

from coordinator.access import EVERYONE, Role
from coordinator.registry.models import Organization


@dataclass(frozen=True)
class Section:
    """A part of the page: `template` is rendered with what `load` returns and `organization`.

    The heading is the page's; a section whose `load` returns None is left out.
    """

    order: int
    title: LazyString | str
    template: str
    load: Callable[[Organization], Mapping[str, Any] | None]
    roles: frozenset[Role] = EVERYONE


@dataclass(frozen=True)
class ShownSection:
    """A section as the page draws it."""

    title: LazyString | str
    content: Markup


def init_app(app: Flask) -> None:
    app.extensions["organization_sections"] = []


def add(app: Flask, section: Section) -> None:
    """Put a section into every organisation's page."""
    known: list[Section] = app.extensions["organization_sections"]
    known.append(section)
    known.sort(key=lambda one: one.order)


def shown(organization: Organization) -> list[ShownSection]:
    """Return the sections of an organisation's page that the reader may see, in order."""
    drawn = []
    for section in current_app.extensions["organization_sections"]:
        if current_user.role not in section.roles:
            continue
        context = section.load(organization)
        if context is not None:
            content = render_template(section.template, organization=organization, **context)
            drawn.append(ShownSection(section.title, Markup(content)))  # noqa: S704
    return drawn
