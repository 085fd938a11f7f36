"""The institution that runs this copy: its name, unit and addresses, as data."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
