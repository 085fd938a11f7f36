"""The command line of activities: `flask --app wsgi activities …`."""

import click

from coordinator import clock
from coordinator.activities.models import JointActivity
from coordinator.activities.queries import activities as queries
from coordinator.command_line import Commands, as_json, tell
from coordinator.days import queries as days
from coordinator.days.models import DayWindow

activities = Commands("activities", help="Joint activities of special days.")


@activities.command("list")
@click.option("--window", "name", help="Only of this window: 2026/25-kasim.")
@as_json
def list_activities(name: str | None, as_json: bool) -> None:
    """List joint activities in the order of their hours."""
    windows = [_named(name)] if name else list(days.windows())
    rows = [_row(one) for window in windows for one in queries.of_window(window.id)]
    lines = [f"{row['starts'] or '-':<26}  {row['status']:<10}  {row['title']}" for row in rows]
    tell({"activities": rows}, as_json, lines)


def _named(name: str) -> DayWindow:
    parts = days.named_window(name)
    found = days.find_window(*parts) if parts else None
    if found is None:
        raise click.ClickException(f"there is no window {name!r}; write it like 2026/25-kasim")
    return found


def _row(one: JointActivity) -> dict[str, object]:
    return {
        "activity": f"/etkinlikler/{one.public_id}",
        "window": f"{one.window.year}/{one.window.special_day.slug}",
        "title": one.title,
        "type": one.activity_type.value,
        "status": one.status.value,
        "public": one.stands_in_programme,
        "starts": clock.local(one.starts_at).isoformat() if one.starts_at else None,
        "ends": clock.local(one.ends_at).isoformat() if one.ends_at else None,
        "place": one.place,
        "lead": one.lead.name if one.lead else None,
        "partners": [partner.organization.name for partner in one.partners],
        "reached": one.reached if one.is_counted else None,
    }
