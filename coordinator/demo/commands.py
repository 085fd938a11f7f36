"""`flask --app wsgi demo …`."""

import json

import click
from flask.cli import AppGroup

from coordinator.actors import COMMAND
from coordinator.demo import operations
from coordinator.errors import RuleBroken
from coordinator.extensions import db

demo = AppGroup("demo", help="The invented city to look at.")


@demo.command("fill")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def fill(as_json: bool) -> None:
    """Fill an empty house: 30 organisations, a window, a meeting, answers, proposals."""
    try:
        made = operations.fill(COMMAND)
    except RuleBroken as error:
        raise click.ClickException(str(error)) from error
    window = made.window
    day = {"year": window.year, "day": window.special_day.slug}
    answer = {
        "organisations": made.organizations,
        "meeting": f"/toplantilar/{made.meeting.public_id}",
        "invitation": made.invitation,
        "call": f"/cagrilar/{made.call.public_id}",
        "window": f"/ozel-gunler/{day['year']}/{day['day']}",
        "programme": f"/program/{day['year']}/{day['day']}",
        "staff": {"email": made.staff.email, "password": made.password},
    }
    db.session.commit()
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    click.echo(f"{made.organizations} organisations, {answer['window']}, {answer['meeting']}")
    click.echo(f"Sign in as {made.staff.email} with the password {made.password}")
