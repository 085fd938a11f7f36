"""Calls for proposals, proposals, and the branch's answers."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
