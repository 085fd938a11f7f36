"""Meetings, their agenda and who came."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
