"""Special days, their yearly windows, and the days on which offices are closed."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
