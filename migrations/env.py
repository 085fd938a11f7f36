"""Runs the migrations on the application's own database."""

from alembic import context
from flask import current_app

from coordinator.database import may_create
from coordinator.extensions import db


def run() -> None:
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.driver_connection
        if sqlite:
            # Altering a table on SQLite copies it and drops the old one; with foreign keys on,
            # the drop would take the child rows along. The pragma works outside a transaction only.
            raw.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transactional_ddl=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            if not sqlite:
                connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
            context.run_migrations()
        if sqlite:
            broken = raw.execute("PRAGMA foreign_key_check").fetchall()
            raw.execute("PRAGMA foreign_keys=ON")
            if broken:
                raise RuntimeError(f"rows point at nothing after the migration: {broken[:5]}")


allowed = may_create.set(True)
try:
    run()
finally:
    may_create.reset(allowed)
