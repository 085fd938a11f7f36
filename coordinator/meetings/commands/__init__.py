"""Meetings from the command line; packages above add their commands to `meetings`."""

from coordinator.meetings.commands.deeds import cancel, list_meetings
from coordinator.meetings.commands.group import meeting_named, meetings
from coordinator.meetings.commands.planning import create

__all__ = ["cancel", "create", "list_meetings", "meeting_named", "meetings"]
