"""In whose name letters go out, and through which server; upper floors say both."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app


@dataclass(frozen=True)
class Letterhead:
    """The sender's name as readers see it, and where their answers go."""

    name: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class Route:
    """The mail server's address."""

    server: str
    port: int


def init_app(app: Flask) -> None:
    app.extensions["letterhead"] = Letterhead
    app.extensions["mail_route"] = configured_route


def use_letterhead(app: Flask, source: Callable[[], Letterhead]) -> None:
    """Let `source` say in whose name letters go out; it is asked once a delivery run."""
    app.extensions["letterhead"] = source


def use_route(app: Flask, source: Callable[[], Route]) -> None:
    """Let `source` say which server takes the letters."""
    app.extensions["mail_route"] = source


def configured_route() -> Route:
    """Return the server that the settings name."""
    config: Any = current_app.config
    return Route(config["MAIL_SERVER"], config["MAIL_PORT"])


def letterhead() -> Letterhead:
    found: Letterhead = current_app.extensions["letterhead"]()
    return found


def route() -> Route:
    found: Route = current_app.extensions["mail_route"]()
    return found
