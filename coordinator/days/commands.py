"""The command line of special days: `flask --app wsgi days …`."""

import click

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.command_line import Commands, as_json, tell
from coordinator.days import calendar, operations, queries
from coordinator.extensions import db

days = Commands("days", help="Special days and their windows.")


@days.command("list")
@click.option(
    "--year",
    type=click.IntRange(calendar.FIRST_YEAR, calendar.LAST_YEAR),
    help="This year, unless told.",
)
@click.option("--all", "with_inactive", is_flag=True, help="Days that are switched off as well.")
@as_json
def list_days(year: int | None, with_inactive: bool, as_json: bool) -> None:
    """List the special days of a year."""
    number = year or clock.today().year
    rows = [
        {
            "day": one.day.slug,
            "date": one.first.isoformat(),
            "last": one.last.isoformat(),
            "name": one.day.name("tr"),
            "theme": one.day.theme.value,
            "active": one.day.is_active,
            "window": f"/ozel-gunler/{one.window.year}/{one.window.special_day.slug}"
            if one.window
            else None,
        }
        for one in queries.year(number, with_inactive=with_inactive)
    ]
    lines = [f"{row['date']}  {row['day']:<20}  {row['name']}" for row in rows]
    tell({"year": number, "days": rows}, as_json, lines)


@days.command("open")
@click.argument("window")
@as_json
def open_window(window: str, as_json: bool) -> None:
    """Open the window of a day: 2026/25-kasim. An open one is left as it is."""
    opened = operations.open_named_window(window, COMMAND)
    db.session.commit()
    address = f"/ozel-gunler/{opened.year}/{opened.special_day.slug}"
    tell({"window": address}, as_json, [address])
