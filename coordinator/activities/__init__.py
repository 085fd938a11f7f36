"""Joint activities of a special day: partners, tasks, the window and the public programme."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
