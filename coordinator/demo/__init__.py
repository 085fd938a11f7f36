"""An invented city to look at: thirty organisations and a 25 Kasım in the making."""

from flask import Flask

from coordinator.demo.commands import demo
from coordinator.demo.views import blueprint


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.cli.add_command(demo)
