"""Where nobody works: fields of work by districts and target groups."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.coverage import commands, lacking
from coordinator.coverage.views import blueprint
from coordinator.registry import places
from coordinator.registry.listing import criteria

COMMANDS = commands


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    criteria.add(app, lacking.CRITERION)
    navigation.under(app, "coverage", "registry.organizations")
    places.add(
        app,
        places.Place(
            order=50,
            label=_l("Where is nobody?"),
            endpoint="coverage.table",
            icon="geo-alt",
        ),
    )
