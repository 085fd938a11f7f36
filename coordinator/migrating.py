"""Migrations, whose library is loaded by those who migrate: everybody else starts sooner."""

import importlib
import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask, current_app, g
from flask.cli import with_appcontext

from coordinator.extensions import db

FOLDER = Path(__file__).parent.parent / "migrations"


class Migrations:
    """What Flask-Migrate looks for among the extensions, made when it does."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    @cached_property
    def loaded(self) -> Any:
        """Flask-Migrate's own record of this application."""
        library = importlib.import_module("flask_migrate")
        library.Migrate().init_app(self.app, db, directory=str(FOLDER), render_as_batch=True)
        made = self.app.extensions["migrate"]
        self.app.extensions["migrate"] = self
        return made

    def __getattr__(self, name: str) -> Any:
        return getattr(self.loaded, name)


class Commands(click.Group):
    """Flask-Migrate's commands, loaded when one of them is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return self._loaded().list_commands(context)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return self._loaded().get_command(context, name)

    def _loaded(self) -> click.Group:
        group: click.Group = importlib.import_module("flask_migrate.cli").db
        return group


@click.group("db", cls=Commands)
@with_appcontext
def commands() -> None:
    """Bring the database to this version, and see where it stands."""
    g.directory, g.x_arg = None, ()  # the library's own group would take them as options


def init_app(app: Flask) -> None:
    app.extensions["migrate"] = Migrations(app)
    app.cli.add_command(commands)


def upgrade() -> None:
    """Bring the database to this version, making it if there is none."""
    importlib.import_module("flask_migrate").upgrade()


def is_current() -> bool:
    """Has the database exactly the tables that this version of the program knows?"""
    try:
        found = set(db.session.scalars(sa.text("SELECT version_num FROM alembic_version")))
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        current_app.logger.debug("no migrated database", exc_info=True)
        return False
    return found == newest()


@lru_cache
def newest() -> frozenset[str]:
    """Return the migrations that no other follows."""
    made, followed = set(), set()
    for file in (FOLDER / "versions").glob("*.py"):
        text = file.read_text()
        made |= set(re.findall(r"^revision\b.*?=\s*['\"](\w+)['\"]", text, re.MULTILINE))
        followed |= set(re.findall(r"^down_revision\b.*?=\s*['\"](\w+)['\"]", text, re.MULTILINE))
    return frozenset(made - followed)
