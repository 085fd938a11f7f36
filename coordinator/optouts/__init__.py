"""Round letters that somebody does not want."""

from flask import Flask

from coordinator.optouts import operations, queries, views

__all__ = ["operations", "queries"]


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
