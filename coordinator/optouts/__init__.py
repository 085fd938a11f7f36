"""Round letters that somebody does not want."""

from flask import Flask

from coordinator.optouts import views


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
