"""Copies of the application on both databases, with letters waiting in their outbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask

from bench import data
from bench.databases import application, postgres_database
from coordinator.extensions import db
from tests.databases import postgres_server
from tests.processes import environment

LEASE = 4
MAIL = {"MAIL_DEFAULT_SENDER": "kadin@belediye.bel.tr", "MAIL_SERVER": "127.0.0.1"}


@contextmanager
def databases(names: list[str]) -> Iterator[dict[str, str | None]]:
    """Give the servers to run on: None stands for a SQLite file."""
    found: dict[str, str | None] = {"sqlite": None} if "sqlite" in names else {}
    if "postgresql" not in names:
        yield found
        return
    with postgres_server() as (server, reason):
        if server is None:
            print(reason)
        else:
            found["postgresql"] = server
        yield found


@contextmanager
def house(server: str | None, port: int, count: int, **more: str) -> Iterator[Flask]:
    """Give an application whose outbox holds `count` invitations for the mail server at `port`."""
    settings = {
        **MAIL,
        "MAIL_PORT": str(port),
        "MAIL_TIMEOUT": "5",
        "OUTBOX_RETRY_SECONDS": "1",
        "OUTBOX_LEASE_SECONDS": str(LEASE),
        **more,
    }
    with _address(server) as url, application(url, **settings) as app, app.app_context():
        data.letters(count)
        db.session.remove()
        yield app


@contextmanager
def _address(server: str | None) -> Iterator[str]:
    if server is None:
        yield ""
    else:
        with postgres_database(server) as url:
            yield url


def environment_of(app: Flask, **more: str) -> dict[str, str]:
    """Return the environment of a process that works on the same copy."""
    config: Any = app.config
    url = config["SQLALCHEMY_DATABASE_URI"]
    names = (
        "MAIL_SERVER", "MAIL_PORT", "MAIL_DEFAULT_SENDER", "MAIL_TIMEOUT", "OUTBOX_RETRY_SECONDS",
        "OUTBOX_LEASE_SECONDS", "OUTBOX_PER_MINUTE", "OUTBOX_CONNECTIONS",
    )  # fmt: skip
    settings = {name: str(config[name]) for name in names}
    queue = "" if url.startswith("sqlite") else url
    return environment(app, **settings, JOBS_URL=queue, **more)
