"""Letters that go out by themselves before a meeting."""

from flask import Flask

from coordinator.reminders import models  # noqa: F401


def init_app(app: Flask) -> None:
    pass
