"""Special days, their yearly windows, and the days on which offices are closed."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS
from coordinator.days.commands import days
from coordinator.days.views import blueprint


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.cli.add_command(days)
    navigation.add(
        app,
        navigation.Entry(
            50,
            _l("Special days"),
            "days.this_year",
            "calendar3",
            READERS,
            more_endpoints=("activities.window",),
        ),
    )
