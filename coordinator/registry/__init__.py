"""Organisations, their contacts, lists and the import of what people really have."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from coordinator import jobs, navigation
from coordinator.access import READERS, REPRESENTATIVES, WRITERS
from coordinator.registry import (
    belongings,
    commands,
    operations,
    places,
    receivers,
    sections,
    views,
)
from coordinator.registry.blueprint import blueprint
from coordinator.registry.importing import batches, recent, saving, work_process
from coordinator.registry.listing import criteria


def init_app(app: Flask) -> None:
    sections.init_app(app)
    belongings.init_app(app)
    criteria.init_app(app)
    places.init_app(app)
    app.register_blueprint(blueprint)
    for one in views.BLUEPRINTS:
        app.register_blueprint(one)
    app.cli.add_command(commands.group)
    receivers.connect()
    jobs.add(app, saving.JOB, work_process.run_waiting, minute="*")
    jobs.add(app, "registry.old_lists", batches.forget_by_the_clock, minute="0", hour="3")
    jobs.add(app, "contact_terms", operations.end_terms, minute="*/10")
    _show_the_way(app)


def _show_the_way(app: Flask) -> None:
    """Put the registry's pages on the rail, and above the list of organisations."""
    navigation.add(
        app,
        navigation.Entry(
            order=20,
            label=_l("Organisations"),
            endpoint="registry.organizations",
            icon="buildings",
            roles=READERS,
            more_endpoints=views.IMPORT_ENDPOINTS,
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
    navigation.under(app, "registry_vocabulary", "registry.organizations")
    navigation.under(app, "registry_export", "registry.organizations")
    _put_places(app)


def _put_places(app: Flask) -> None:
    places.add(
        app,
        places.Place(
            order=10,
            label=_l("Go on with the import"),
            endpoint="registry_import.upload",
            icon="upload",
            roles=WRITERS,
            count=lambda: recent.waiting(current_user),
            carry=lambda _filters: {} if recent.waiting(current_user) else None,
        ),
    )
    places.add(
        app,
        places.Place(
            order=90,
            label=_l("Fields of work and target groups"),
            endpoint="registry_vocabulary.index",
            icon="tags",
            roles=WRITERS,
        ),
    )
