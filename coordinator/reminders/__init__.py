"""Letters that go out by themselves before a meeting."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import jobs
from coordinator.meetings import tabs
from coordinator.reminders import commands, models, operations, receivers, views

MODELS = models


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.cli.add_command(commands.group)
    receivers.connect()
    jobs.add(app, operations.JOB, operations.send_due, minute="*/10")
    tabs.add(app, tabs.Tab(order=34, label=_l("Reminders"), endpoint="reminders.reminders"))
