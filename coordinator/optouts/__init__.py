"""Round letters that somebody does not want."""

from flask import Flask


def init_app(app: Flask) -> None:
    pass
