"""The group of commands, and which meeting is meant."""

import click

from coordinator import clock
from coordinator.command_line import Commands
from coordinator.meetings import queries
from coordinator.meetings.models import Meeting

meetings = Commands("meetings", help="Meetings, who is invited and who comes.")
SUGGESTED = 5


def path_of(meeting: Meeting) -> str:
    """Return the address of a meeting's page, by which commands name it."""
    return f"/toplantilar/{meeting.public_id}"


def line_of(meeting: Meeting) -> str:
    """Return a meeting as people find it in a list."""
    starts = clock.local(meeting.starts_at)
    return (
        f"{path_of(meeting)}  {starts:%Y-%m-%d %H:%M}  {meeting.status.value:<9}  {meeting.title}"
    )


def meeting_named(text: str) -> Meeting:
    """Return the meeting of a page's address, or of the last part of it; else end the command."""
    found = queries.find_meeting(text)
    if found is None:
        coming = "".join(f"\n  {line_of(one)}" for one in queries.coming(limit=SUGGESTED))
        raise click.ClickException(
            f"there is no meeting at {text!r}" + (f"; the next ones are:{coming}" if coming else "")
        )
    return found
