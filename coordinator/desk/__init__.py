"""Who was not reached or has not answered, and the next call to make."""

from flask import Flask


def init_app(app: Flask) -> None:
    pass
