"""Organisations, their contacts, lists and the import of what people really have."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
