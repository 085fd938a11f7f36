"""The command line of special days: `flask --app wsgi days …`."""

import json
import sys

import click
from flask.cli import AppGroup

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.days import calendar, operations, queries
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.i18n import language

days = AppGroup("days", help="Special days and their windows.")


@days.command("list")
@click.option("--year", type=click.IntRange(calendar.FIRST_YEAR, calendar.LAST_YEAR))
@click.option("--all", "with_inactive", is_flag=True, help="Days that are switched off as well.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def list_days(year: int | None, with_inactive: bool, as_json: bool) -> None:
    """List the special days of a year (this one, unless told)."""
    number = year or clock.today().year
    rows = [
        {
            "day": one.day.slug,
            "date": one.first.isoformat(),
            "last": one.last.isoformat(),
            "name": one.day.name(language()),
            "theme": one.day.theme.value,
            "active": one.day.is_active,
            "window": f"/ozel-gunler/{one.window.year}/{one.window.special_day.slug}"
            if one.window
            else None,
        }
        for one in queries.year(number, with_inactive=with_inactive)
    ]
    if as_json:
        click.echo(json.dumps({"year": number, "days": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['date']}  {row['day']:<20}  {row['name']}")


@days.command("open")
@click.argument("window")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def open_window(window: str, as_json: bool) -> None:
    """Open the window of a day: 2026/25-kasim. An open one is left as it is."""
    try:
        opened = operations.open_named_window(window, COMMAND)
    except RuleBroken as error:
        db.session.rollback()
        click.echo(str(error), err=True)
        sys.exit(1)
    db.session.commit()
    address = f"/ozel-gunler/{opened.year}/{opened.special_day.slug}"
    click.echo(json.dumps({"window": address}) if as_json else address)
