"""`reminders send`: what is due, by the same road as the clock."""

import json

import click
from flask.cli import AppGroup, with_appcontext

from coordinator.reminders import operations

group = AppGroup("reminders", help="Letters that go out by themselves before a meeting.")


@group.command("send")
@click.option("--json", "json_wanted", is_flag=True, help="Answer with one JSON object.")
@with_appcontext
def send(json_wanted: bool) -> None:
    """Queue the reminders whose moment has come; the job does the same every ten minutes."""
    letters = operations.send_due()
    click.echo(json.dumps({"letters": letters}) if json_wanted else f"letters: {letters}")
