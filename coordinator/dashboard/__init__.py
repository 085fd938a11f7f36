"""The first page: what is next, what waits, what is late, what was not delivered."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS, REPRESENTATIVES
from coordinator.dashboard.views import blueprint


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    first = "dashboard.first_page"
    navigation.add(app, navigation.Entry(10, _l("First page"), first, "house", READERS))
    navigation.add(app, navigation.Entry(10, _l("Waiting"), first, "inbox", REPRESENTATIVES))
