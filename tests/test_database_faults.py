"""A command without a database to work on says so in one line."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.database_faults import sentence
from coordinator.extensions import db
from tests.processes import FLASK, ROOT, free_port

UPGRADE = "flask --app wsgi db upgrade"
LIST = (*FLASK, "users", "list", "--json")


def told(instance: Path, command: Sequence[str] = LIST, **environ: str) -> str:
    """Run a command that must fail with nothing on standard output; return its standard error."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env = {**kept, "INSTANCE_PATH": str(instance), "PORT": str(free_port()), **environ}
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "paydas.sqlite"
    assert told(tmp_path) == f"Error: there is no database at {file}; to make one: {UPGRADE}\n"
    assert not file.exists()


def test_an_empty_file_has_no_tables_yet(tmp_path: Path) -> None:
    (tmp_path / "paydas.sqlite").touch()
    assert told(tmp_path) == f"Error: the database has no tables yet: {UPGRADE}\n"


def test_a_file_of_another_version_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "paydas.sqlite") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
    connection.close()
    assert told(tmp_path) == f"Error: the database has the tables of another version: {UPGRADE}\n"


def test_what_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "paydas.sqlite").write_text("a letter to the editor " * 100)
    error = told(tmp_path)
    assert error == "Error: the database cannot be reached: file is not a database\n"


@pytest.mark.parametrize(
    "command", [LIST, (*FLASK, "db", "upgrade"), (sys.executable, "-m", "wsgi")]
)
def test_a_server_that_does_not_answer_is_said_to_be_out_of_reach(
    tmp_path: Path, command: Sequence[str]
) -> None:
    url = f"postgresql://paydas:geheim@127.0.0.1:{free_port()}/paydas"
    lines = told(tmp_path, command, DATABASE_URL=url).splitlines()
    assert lines[-1].startswith("Error: the database cannot be reached: connection failed")
    assert "geheim" not in lines[-1]
    assert not any("Traceback" in line for line in lines)


def test_a_server_without_our_tables_is_told_apart(tmp_path: Path, postgres: str) -> None:
    name = f"paydas_bare_{os.getpid()}"
    url = sa.make_url(postgres).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        try:
            assert told(tmp_path, DATABASE_URL=url) == (
                f"Error: the database has no tables yet: {UPGRADE}\n"
            )
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


def test_a_mistake_of_ours_keeps_its_traceback(app: Flask) -> None:
    with pytest.raises(sa.exc.DBAPIError) as raised:
        db.session.execute(sa.text("SELECT * FROM no_table_of_ours"))
    db.session.rollback()
    assert sentence(app, raised.value) is None
    assert sentence(app, ValueError("something else")) is None
