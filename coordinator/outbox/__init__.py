"""Letters written down in the transaction of their cause, then delivered by a worker."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
