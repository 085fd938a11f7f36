"""Meetings, their agenda and who came."""

from flask import Flask

from coordinator.meetings import expected, tabs


def init_app(app: Flask) -> None:
    tabs.init_app(app)
    expected.init_app(app)
