"""Set-up, accounts, the institution's data, deliveries and the audit, for administrators."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
