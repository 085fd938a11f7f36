"""The tabs of a meeting's page. Each package adds its own; the page knows nothing of who did."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import LazyString
from flask_login import current_user

from coordinator.access import READERS, WRITERS, Role
from coordinator.meetings.models import Meeting


@dataclass(frozen=True)
class Tab:
    """A tab: `endpoint` takes the meeting's `public_id`.

    A tab with a `next_step` ("Choose who is invited") is offered, with `next_reason` as its
    sentence, to those who plan, as long as the meeting is planned and nobody is invited. With a
    `count`, the number of what waits there stands behind the label while there is any.
    """

    order: int
    label: LazyString
    endpoint: str
    roles: frozenset[Role] = READERS
    next_step: LazyString | None = None
    next_reason: LazyString | None = None
    count: Callable[[Meeting], int] | None = None


def init_app(app: Flask) -> None:
    app.extensions["meeting_tabs"] = []
    app.jinja_env.globals["meeting_tabs"] = shown
    app.jinja_env.globals["meeting_next_step"] = next_step


def add(app: Flask, tab: Tab) -> None:
    """Put a tab on the page of every meeting."""
    tabs: list[Tab] = app.extensions["meeting_tabs"]
    tabs.append(tab)
    tabs.sort(key=lambda one: one.order)


def shown(meeting: Meeting) -> list[tuple[str, str, bool]]:
    """Return (label, url, current) of the tabs that the reader may open."""
    open_to_me = [(_label(tab, meeting), _url(tab, meeting)) for tab in _open_to_me()]
    current = max(
        (url for _, url in open_to_me if f"{request.path}/".startswith(f"{url}/")),
        key=len,
        default=None,
    )
    return [(label, url, url == current) for label, url in open_to_me]


def next_step(meeting: Meeting) -> tuple[LazyString, LazyString | None, str] | None:
    """Return (button, sentence, url) of what comes next for those who plan the meeting."""
    if current_user.role not in WRITERS:
        return None
    offered = next((tab for tab in _open_to_me() if tab.next_step), None)
    if offered is None or offered.next_step is None:
        return None
    return offered.next_step, offered.next_reason, _url(offered, meeting)


def _open_to_me() -> list[Tab]:
    tabs: list[Tab] = current_app.extensions["meeting_tabs"]
    return [tab for tab in tabs if current_user.role in tab.roles]


def _label(tab: Tab, meeting: Meeting) -> str:
    waiting = tab.count(meeting) if tab.count else 0
    return f"{tab.label} ({waiting})" if waiting else str(tab.label)


def _url(tab: Tab, meeting: Meeting) -> str:
    return url_for(tab.endpoint, public_id=meeting.public_id)
