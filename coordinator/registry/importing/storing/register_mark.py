"""How the register stands: two equal marks mean that nobody stored anything between them."""

import hashlib
import time

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from coordinator.extensions import db
from coordinator.registry.models import Contact, Organization, OrganizationName

TABLES = (Organization, Contact, OrganizationName)
LOCK_NOT_AVAILABLE = "55P03"
PATIENCE, MOST_TIMES = 200, 100
"""Milliseconds; far less than the second after which PostgreSQL looks for deadlocks."""


def now() -> str:
    """Return the mark of the register as this transaction sees it."""
    parts = []
    for model in TABLES:
        version = getattr(model, "version", model.id)
        parts += [
            sa.select(figure).scalar_subquery()
            for figure in (
                sa.func.count(model.id),
                sa.func.max(model.id),
                sa.func.sum(version),
                sa.func.max(model.updated_at),
            )
        ]
    figures = db.session.execute(sa.select(*parts)).one()
    return hashlib.sha256(repr([str(one) for one in figures]).encode()).hexdigest()


def hold() -> None:
    """Keep others from writing to the register until this transaction ends; they may read.

    On SQLite a writing transaction does so from its beginning. On PostgreSQL whoever edits holds
    one table and comes to the others later, in any order: this waits but a moment for all of
    them, and lets go of those that it has before it tries again.
    """
    if db.engine.dialect.name != "postgresql":
        return
    connection = db.session.connection()
    for _time in range(MOST_TIMES):
        try:
            with connection.begin_nested():
                connection.execute(sa.text(f"SET LOCAL lock_timeout = '{PATIENCE}ms'"))
                _lock(connection)
                connection.execute(sa.text("SET LOCAL lock_timeout TO DEFAULT"))
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            time.sleep(PATIENCE / 1000)
        else:
            return
    _lock(connection)


def _lock(connection: sa.Connection) -> None:
    """Take the tables from all who write, and from those who keep rows to write (FOR UPDATE)."""
    names = ", ".join(model.__tablename__ for model in TABLES)
    connection.execute(sa.text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
