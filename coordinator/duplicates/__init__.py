"""Records that are probably of one organisation: found, merged, and taken apart again."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import jobs, navigation
from coordinator.access import READERS
from coordinator.duplicates import commands, history, queries, section, views
from coordinator.duplicates.blueprint import blueprint
from coordinator.duplicates.models import Distinct, Merge
from coordinator.registry import belongings, places, sections

COMMANDS, VIEWS = commands, views.__all__


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    history.init_app(app)
    navigation.under(app, blueprint.name, "registry.organizations")
    sections.add(app, section.MERGED)
    jobs.of(app).at_start.append(queries.look_ahead)
    for one in (Merge, Distinct):
        belongings.add_trace(app, one.__tablename__)
    places.add(
        app,
        places.Place(
            order=50,
            label=_l("Probably the same"),
            endpoint="duplicates.suspects",
            icon="intersect",
            roles=READERS,
        ),
    )
