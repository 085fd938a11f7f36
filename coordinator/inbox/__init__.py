"""Mail that arrives: answers and bounces, read from a mailbox."""

from flask import Flask

from coordinator.inbox import models  # noqa: F401


def init_app(app: Flask) -> None:
    pass
