"""Mail that arrives: answers and bounces, read from a mailbox."""

from flask import Flask

from coordinator import jobs
from coordinator.inbox import commands, reading, takers


def init_app(app: Flask) -> None:
    takers.init_app(app)
    app.cli.add_command(commands.inbox)
    jobs.add(app, reading.ERASE, reading.erase_by_the_clock, minute="30", hour="3")
    if app.config["INBOX_URL"]:
        jobs.add(app, reading.READ, reading.read_by_the_clock, minute="*")
