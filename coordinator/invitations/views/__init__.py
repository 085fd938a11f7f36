"""Pages: choosing and preview, the list, a phoned answer, the letter's page, the account's."""

from flask import Flask

from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.views import answering, choosing, listing, own, phoned, preview

__all__ = ["answering", "choosing", "listing", "own", "phoned", "preview"]


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
