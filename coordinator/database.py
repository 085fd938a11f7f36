"""Engine set-up for both databases, and the one commit of a request."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import sqlalchemy as sa
from flask import Flask, Response, make_response, request
from sqlalchemy.orm.exc import StaleDataError

from coordinator.errors import SavedMeanwhile
from coordinator.extensions import db
from coordinator.records import Base

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

P = ParamSpec("P")
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

# SQLite lets one writer in at a time. A transaction that reads first and writes later would find
# the door shut half-way, so one that will write says so when it begins.
will_write: ContextVar[bool] = ContextVar("will_write", default=True)

# SQLite makes an empty file wherever it is pointed at. Only migrations may: anywhere else a
# mistyped path would look like a copy that has lost everything.
may_create: ContextVar[bool] = ContextVar("may_create", default=False)


class NoDatabase(sqlite3.OperationalError):
    """There is no file where the database should be."""


def init_app(app: Flask) -> None:
    """Prepare the engine; listeners go on this engine only, never on the Engine class."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "do_connect", _refuse_missing_file)
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    app.before_request(_read_or_write)


def engine_options(uri: str) -> dict[str, Any]:
    """Return pool options; a lost PostgreSQL connection is noticed before it is used."""
    size = {"pool_size": 10, "max_overflow": 20}
    if uri.startswith("sqlite"):
        return {**size, "connect_args": {"timeout": 30, "check_same_thread": False}}
    return {**size, "pool_pre_ping": True}


def _refuse_missing_file(_dialect: Any, _record: Any, arguments: Any, _options: Any) -> None:
    file = arguments[0]
    if file != ":memory:" and not may_create.get() and not Path(file).exists():
        raise NoDatabase(
            f"there is no database at {file}; to make one: flask --app wsgi db upgrade"
        )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=30000",
        "foreign_keys=ON",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if will_write.get() else "BEGIN")


def _read_or_write() -> None:
    will_write.set(request.method not in SAFE_METHODS)


@contextmanager
def reading() -> Iterator[None]:
    """Let others write while the block reads, however long that takes.

    The transaction so far is given up, so nothing may have been written yet; what the block reads
    is read without SQLite's one write lock, and writing begins anew behind it.
    """
    db.session.rollback()
    before = will_write.set(False)
    try:
        yield
    finally:
        db.session.rollback()
        will_write.reset(before)


def commit_on_success(view: Callable[P, Any]) -> Callable[P, Response]:
    """Commit what the view did if it answers below 400, and take it back otherwise."""

    @wraps(view)
    def committed(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            response = make_response(view(*args, **kwargs))
            if response.status_code < 400:
                db.session.commit()
            else:
                db.session.rollback()
        except StaleDataError as error:
            db.session.rollback()
            raise SavedMeanwhile from error
        except BaseException:
            db.session.rollback()
            raise
        return response

    committed.commits = True  # type: ignore[attr-defined]
    return committed
