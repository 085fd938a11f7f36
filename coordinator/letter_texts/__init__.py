"""The words of letters, which staff may change and take back."""

from flask import Flask

from coordinator.letter_texts import models  # noqa: F401


def init_app(app: Flask) -> None:
    pass
