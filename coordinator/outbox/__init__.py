"""Letters written down in the transaction of their cause, then delivered by a worker."""

from flask import Flask

from coordinator import jobs
from coordinator.outbox import commands, letterhead, truth, working
from coordinator.outbox.operations import DELIVER


def init_app(app: Flask) -> None:
    letterhead.init_app(app)
    truth.init_app(app)
    app.cli.add_command(commands.outbox)
    jobs.add(app, DELIVER, working.deliver, minute="*")
    jobs.add(app, "outbox.sweep", working.sweep, minute="*/10")
    jobs.of(app).at_start.append(working.begin)
    jobs.of(app).at_beat.append(working.beat)
