"""Who is asked to which meeting, what they are sent and what they answer."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
