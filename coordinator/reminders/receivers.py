"""What reminders hear from below."""

from typing import Any

from coordinator.actors import Actor
from coordinator.invitations.signals import invited
from coordinator.meetings.models import Meeting
from coordinator.reminders import operations


def connect() -> None:
    invited.connect(when_invited)


def when_invited(meeting: Meeting, actor: Actor, **_more: Any) -> None:
    """A meeting gets its reminders when its first invitation goes out."""
    operations.prepare(meeting=meeting, actor=actor)
