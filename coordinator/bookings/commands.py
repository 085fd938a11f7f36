"""`flask --app wsgi retention …`: erase by hand what the daily job erases."""

import json
from dataclasses import asdict

import click
from flask.cli import AppGroup

from coordinator.actors import COMMAND
from coordinator.bookings import operations
from coordinator.extensions import db

retention = AppGroup("retention", help="How long it is known who came and what they needed.")


@retention.command("run")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def run(as_json: bool) -> None:
    """Erase what has been kept long enough; a worker does the same every night."""
    erased = operations.erase(actor=COMMAND)
    db.session.commit()
    if as_json:
        click.echo(json.dumps(asdict(erased)))
        return
    for name, count in asdict(erased).items():
        click.echo(f"{name}: {count}")
