"""Pages: rounds, sending, corrections, the age of records, the letter's page, the account's."""

from flask import Flask

from coordinator.verification.blueprint import blueprint
from coordinator.verification.views import corrections, own, personal, records, rounds, sending

__all__ = ["corrections", "own", "personal", "records", "rounds", "sending"]


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
