"""Set-up, accounts, the institution's data, deliveries and the audit, for administrators."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS
from coordinator.administration import commands, views
from coordinator.administration.views import set_up


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.cli.add_command(commands.users)
    app.before_request(set_up.lead_there)
    navigation.under(app, "letter_texts", "administration.hub")
    navigation.add(
        app,
        navigation.Entry(
            order=90,
            label=_l("Administration"),
            endpoint="administration.hub",
            icon="sliders",
            roles=READERS,
        ),
    )
