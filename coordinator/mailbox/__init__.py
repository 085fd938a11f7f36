"""The local mailbox: a real SMTP server on loopback and pages that show what it caught."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
