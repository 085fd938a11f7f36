"""Joint activities of a special day: partners, tasks, the window and the public programme."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import navigation
from coordinator.access import READERS, REPRESENTATIVES
from coordinator.activities import commands, next_step, section, views
from coordinator.proposals import next_steps
from coordinator.registry import sections


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.cli.add_command(commands.activities)
    next_steps.add(app, next_step.step_of, next_step.taken)
    sections.add(app, section.ACTIVITIES)
    for order, label, icon, roles in (
        (60, _l("Activities"), "signpost-split", READERS),
        (40, _l("Shared calendar"), "calendar3", REPRESENTATIVES),
    ):
        navigation.add(app, navigation.Entry(order, label, "activities.index", icon, roles))
