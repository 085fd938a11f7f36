"""An invented city to look at: thirty organisations and a 25 Kasım in the making."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
