"""What upper floors put into a page of a lower one: parts, each with its template and its facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import Flask, current_app, render_template
from flask_babel import LazyString
from flask_login import current_user
from markupsafe import Markup

from coordinator.access import Role

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Part(Generic[Subject]):
    """A part of the page: `template` is rendered with what `load` returns and the page's subject.

    The heading is the page's; a part whose `load` returns None is left out.
    """

    order: int
    title: LazyString | str
    template: str
    load: Callable[[Subject], Mapping[str, Any] | None]
    roles: frozenset[Role]


@dataclass(frozen=True)
class ShownPart:
    """A part as the page draws it."""

    title: LazyString | str
    content: Markup


class PageParts(Generic[Subject]):
    """The parts of one kind of page; `subject` is the name by which templates know whose it is."""

    def __init__(self, subject: str) -> None:
        self.subject, self.key = subject, f"{subject}_parts"

    def init_app(self, app: Flask) -> None:
        app.extensions[self.key] = []

    def add(self, app: Flask, part: Part[Subject]) -> None:
        """Put a part into every page of the kind."""
        known: list[Part[Subject]] = app.extensions[self.key]
        known.append(part)
        known.sort(key=lambda one: one.order)

    def shown(self, subject: Subject) -> list[ShownPart]:
        """Return the parts of the subject's page that the reader may see, in order."""
        drawn = []
        for part in current_app.extensions[self.key]:
            if current_user.role not in part.roles:
                continue
            context = part.load(subject)
            if context is not None:
                content = render_template(part.template, **{self.subject: subject}, **context)
                drawn.append(ShownPart(part.title, Markup(content)))  # noqa: S704
        return drawn
