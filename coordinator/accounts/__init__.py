"""Accounts, roles, signing in and out."""

from flask import Flask

from coordinator.accounts import letter_kinds, signed_in, views


def init_app(app: Flask) -> None:
    signed_in.init_app(app)
    letter_kinds.init_app(app)
    app.register_blueprint(views.blueprint)
