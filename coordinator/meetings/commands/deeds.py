"""Meetings listed and called off."""

from typing import Any

import click

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.command_line import as_json, clean, tell
from coordinator.extensions import db
from coordinator.meetings import operations, queries
from coordinator.meetings.commands.group import line_of, meeting_named, meetings, path_of
from coordinator.meetings.models import MOVES, Meeting, MeetingStatus


@meetings.command("list")
@click.option("--past", is_flag=True, help="The latest twenty that are over, instead.")
@as_json
def list_meetings(past: bool, as_json: bool) -> None:
    """List the meetings that are not over, the next one first."""
    found = list(queries.past(1).items) if past else list(queries.coming())
    tell({"meetings": [_described(one) for one in found]}, as_json, map(line_of, found))


@meetings.command("cancel")
@click.argument("meeting")
@click.option("--reason", required=True, help="Why; it stands in the letter to the invited.")
@as_json
def cancel(meeting: str, reason: str, as_json: bool) -> None:
    """Call a meeting off; the invited are written to."""
    found = meeting_named(meeting)
    if MeetingStatus.CANCELLED not in MOVES[found.status]:
        raise click.ClickException(f"the meeting is {found.status.value} and cannot be called off")
    why = clean(reason, "--reason", most=500, lines=True)
    if not why:
        raise click.BadParameter("is empty", param_hint="--reason")
    operations.cancel_meeting(found, reason=why, actor=COMMAND)
    db.session.commit()
    told = {"meeting": path_of(found), "status": found.status.value}
    tell(told, as_json, [f"{path_of(found)} is cancelled"])


def _described(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": path_of(meeting),
        "title": meeting.title,
        "status": meeting.status.value,
        "mode": meeting.mode.value,
        "starts": clock.local(meeting.starts_at).isoformat(),
        "ends": clock.local(meeting.ends_at).isoformat(),
        "place": meeting.place,
        "deadline": meeting.rsvp_deadline.isoformat(),
        "capacity": meeting.capacity,
    }
