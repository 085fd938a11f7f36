"""The silent desk: who of a meeting was not reached or has not answered, and what to do next."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator.desk import queries, views
from coordinator.meetings import tabs


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    tabs.add(
        app,
        tabs.Tab(
            order=32, label=_l("The silent"), endpoint="desk.desk", count=queries.count_silent
        ),
    )
