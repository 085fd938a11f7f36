"""Pages: choosing and preview, the list, a phoned answer, the letter's page, the account's."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.views import (
    answering,
    choosing,
    handing,
    listing,
    naming,
    own,
    paper,
    phoned,
    preview,
    renewing,
    single,
    waiting,
    ways,
)
from coordinator.lists import uses

__all__ = [
    "answering",
    "choosing",
    "handing",
    "listing",
    "naming",
    "own",
    "paper",
    "phoned",
    "preview",
    "renewing",
    "single",
    "waiting",
    "ways",
]


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    uses.add(
        app,
        uses.Use(
            order=10,
            label=_l("Invite to a meeting"),
            endpoint="invitations.with_list",
            icon="envelope",
        ),
    )
