"""Organisations, their contacts, lists and the import of what people really have."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS, REPRESENTATIVES
from coordinator.registry import (
    commands,
    contact_views,  # noqa: F401
    import_views,
    receivers,
    sections,
    views,  # noqa: F401
)
from coordinator.registry.blueprint import blueprint


def init_app(app: Flask) -> None:
    sections.init_app(app)
    app.register_blueprint(blueprint)
    app.register_blueprint(import_views.blueprint)
    app.register_blueprint(import_views.exporting)
    app.cli.add_command(commands.group)
    receivers.connect()
    navigation.add(
        app,
        navigation.Entry(
            order=20,
            label=_l("Organisations"),
            endpoint="registry.organizations",
            icon="buildings",
            roles=READERS,
            more_endpoints=import_views.ENDPOINTS,
        ),
    )
    navigation.add(
        app,
        navigation.Entry(
            order=60,
            label=_l("About our organisation"),
            endpoint="registry.own_organizations",
            icon="building",
            roles=REPRESENTATIVES,
        ),
    )
