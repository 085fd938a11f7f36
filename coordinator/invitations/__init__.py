"""Who is asked to which meeting, what they are sent and what they answer."""

from flask import Flask

from coordinator.invitations import commands, receivers, views


def init_app(app: Flask) -> None:
    views.init_app(app)
    receivers.init_app(app)
    commands.init_app(app)
