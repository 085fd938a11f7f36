"""What organisations need to take part, added up into orders; and how long it is known."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from coordinator import jobs
from coordinator.bookings import operations, views
from coordinator.bookings.commands import retention
from coordinator.meetings import tabs


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.cli.add_command(retention)
    jobs.add(app, "bookings.retention", operations.erase_by_the_clock, minute="20", hour="1")
    tabs.add(app, tabs.Tab(40, _l("Services"), "bookings.services"))
