"""Calls for proposals, what organisations propose, and the branch's answers."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS, REPRESENTATIVES
from coordinator.proposals import commands, next_steps, queries, receivers, section, views
from coordinator.proposals.blueprint import blueprint
from coordinator.registry import sections

VIEWS = views.__all__


def init_app(app: Flask) -> None:
    next_steps.init_app(app)
    app.register_blueprint(blueprint)
    app.cli.add_command(commands.calls)
    app.cli.add_command(commands.proposals)
    receivers.connect()
    sections.add(app, section.PROPOSALS)
    for order, label, roles, count in (
        (40, _l("Proposals"), READERS, queries.waiting_for_decision),
        (30, _l("Our proposals"), REPRESENTATIVES, None),
    ):
        navigation.add(
            app,
            navigation.Entry(
                order=order,
                label=label,
                endpoint="proposals.index",
                icon="chat-left-text",
                roles=roles,
                count=count,
            ),
        )
