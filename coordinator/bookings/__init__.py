"""What organisations need to take part, added up into orders."""

from flask import Flask

from coordinator.bookings import models  # noqa: F401


def init_app(app: Flask) -> None:
    pass
