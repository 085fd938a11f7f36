"""Stored files: their bytes live in the database, so that every machine sees them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
