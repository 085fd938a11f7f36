"""The institution that runs this copy: its name, unit and addresses, as data."""

from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from coordinator.extensions import db
from coordinator.institution import queries, views
from coordinator.outbox import letterhead
from coordinator.outbox.letterhead import Letterhead


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.context_processor(named)
    letterhead.use_letterhead(app, sender)


def named() -> dict[str, Any]:
    """Give every page and letter its institution; the page of a failed database has none."""
    try:
        return {"institution": queries.current()}
    except SQLAlchemyError:
        db.session.rollback()
        return {"institution": None}


def sender() -> Letterhead:
    """Return in whose name letters go out: the institution's, once it is known."""
    institution = queries.current()
    return Letterhead(institution.name, institution.email) if institution else Letterhead()
