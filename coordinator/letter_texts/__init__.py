"""The words of letters, which staff may change and take back."""

from flask import Flask

from coordinator.letter_texts import kinds, views


def init_app(app: Flask) -> None:
    kinds.init_app(app)
    app.register_blueprint(views.blueprint)
