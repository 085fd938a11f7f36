"""What mail that arrived means for invitations."""

from flask import Flask


def init_app(app: Flask) -> None:
    pass
