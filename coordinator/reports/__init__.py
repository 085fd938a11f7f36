"""What came of it: counts over everything below, changing nothing."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
