"""The institution that runs this copy: its name, unit and addresses, as data."""

from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from coordinator.extensions import db
from coordinator.institution import queries, views


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.context_processor(named)


def named() -> dict[str, Any]:
    """Give every page and letter its institution; the page of a failed database has none."""
    try:
        return {"institution": queries.current()}
    except SQLAlchemyError:
        db.session.rollback()
        return {"institution": None}
