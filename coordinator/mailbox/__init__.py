"""The local mailbox: a real SMTP server on loopback and pages that show what it caught.

It stands in for a mail server where none is configured. Whatever process delivers letters
starts the server when the first one leaves; the letters lie as files in `<instance>/mailbox`.
"""

from flask import Flask

from coordinator.mailbox import server, views
from coordinator.outbox import letterhead


def init_app(app: Flask) -> None:
    if app.config["LOCAL_MAILBOX"]:
        app.register_blueprint(views.blueprint)
        letterhead.use_route(app, server.route)
