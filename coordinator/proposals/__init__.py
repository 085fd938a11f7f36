"""Calls for proposals, what organisations propose, and the branch's answers."""

from flask import Flask

from coordinator.proposals import next_steps


def init_app(app: Flask) -> None:
    next_steps.init_app(app)
