"""The first page: what is next, what waits, what is late, what was not delivered."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
