"""Mail that arrives: answers and bounces, read from a mailbox."""

from flask import Flask

from coordinator.inbox import models, takers  # noqa: F401


def init_app(app: Flask) -> None:
    takers.init_app(app)
