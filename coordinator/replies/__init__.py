"""Answers that arrive by mail: calendars', people's, and what came back."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS
from coordinator.inbox import takers
from coordinator.inbox.queries import count_unseen
from coordinator.inbox.takers import Taker
from coordinator.invitations import parts
from coordinator.registry import sections
from coordinator.replies import operations, section, views
from coordinator.replies.blueprint import blueprint

VIEWS = views.__all__


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    takers.add(app, Taker(order=10, take=operations.take))
    sections.add(app, section.HELD)
    parts.add(app, section.MESSAGES)
    navigation.add(
        app,
        navigation.Entry(
            order=35,
            label=_l("Incoming mail"),
            endpoint="replies.index",
            icon="inbox",
            roles=READERS,
            count=count_unseen,
        ),
    )
