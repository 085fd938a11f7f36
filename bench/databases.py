"""Applications on fresh databases for the bench."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade

import config
from coordinator import create_app
from coordinator.extensions import db
from coordinator.institution.models import Institution


@contextmanager
def application(url: str = "", **more: str) -> Iterator[Flask]:
    """Give an application on a fresh SQLite file, or on the PostgreSQL database at `url`."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "INSTANCE_PATH": folder,
            "DATABASE_URL": url or f"sqlite:///{Path(folder) / 'bench.sqlite'}",
            "BASE_URL": "http://127.0.0.1",
            **more,
        }
        app = create_app(config.from_environment(settings))
        with app.app_context():
            upgrade()
            db.session.add(Institution(id=1, name="İzmir", unit="Kadın Çalışmaları", city="İzmir"))
            db.session.commit()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """Give the address of a fresh database on the server."""
    name = f"paydas_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    parts = psycopg.conninfo.conninfo_to_dict(server)
    user, host = parts.get("user", "postgres"), parts.get("host", "")
    where = f"{user}@/{name}?host={host}" if str(host).startswith("/") else f"{user}@{host}/{name}"
    try:
        yield f"postgresql://{where}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]
