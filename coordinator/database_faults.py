"""What a command says, in one line, where there is no database that it could work on."""

import sqlite3
import sys
from types import TracebackType

import sqlalchemy as sa
from flask import Flask

from coordinator import migrating
from coordinator.database import NoDatabase
from coordinator.extensions import db

UPGRADE = "flask --app wsgi db upgrade"
# Busy, locked, read-only, I/O error, damaged, full, cannot be opened, forbidden, no database.
SQLITE_UNUSABLE = {5, 6, 8, 10, 11, 13, 14, 23, 26}
# PostgreSQL's codes for a missing table and a missing column; SQLite has words for them.
POSTGRES_UNKNOWN = {"42P01", "42703"}
SQLITE_UNKNOWN = ("no such table", "no such column", "has no column")
# Connection lost, who may come in, no such database, no room, shutting down.
POSTGRES_UNREACHABLE = ("08", "28", "3D", "53", "57P")


def tell_in_one_line(app: Flask) -> None:
    """Let the process end with one line, instead of a traceback, where the database is missing."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        told = sentence(app, error)
        if told is None:
            before(kind, error, trace)
        else:
            print(f"Error: {told}", file=sys.stderr)

    sys.excepthook = hook


def sentence(app: Flask, error: BaseException) -> str | None:
    """Return what is wrong with the database; None if the fault lies elsewhere."""
    if not isinstance(error, sa.exc.DBAPIError) or error.orig is None:
        return None
    words = " ".join(str(error.orig).split())
    if isinstance(error.orig, NoDatabase):
        return words
    if _is_unreachable(error):
        return f"the database cannot be reached: {words}"
    return _without_tables(app) if _is_unknown(error.orig, words) else None


def _is_unreachable(error: sa.exc.DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in SQLITE_UNUSABLE
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return isinstance(error, sa.exc.OperationalError)
    return str(state).startswith(POSTGRES_UNREACHABLE)


def _is_unknown(fault: BaseException, words: str) -> bool:
    if isinstance(fault, sqlite3.Error):
        return any(one in words for one in SQLITE_UNKNOWN)
    return getattr(fault, "sqlstate", None) in POSTGRES_UNKNOWN


def _without_tables(app: Flask) -> str | None:
    """Tell a database that was never migrated from one of another version and from our mistake."""
    with app.app_context():
        if migrating.is_current():
            return None
        if sa.inspect(db.session.connection()).has_table("alembic_version"):
            return f"the database has the tables of another version: {UPGRADE}"
    return f"the database has no tables yet: {UPGRADE}"
