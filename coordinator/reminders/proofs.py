"""A reminder's letters as they would arrive now: nothing here changes the database."""

from coordinator.institution import queries as institution
from coordinator.invitations.emails import Envelope, Writer
from coordinator.invitations.operations.composing import Target
from coordinator.letters import Letter
from coordinator.links import absolute
from coordinator.meetings.models import Meeting
from coordinator.reminders.audience import LETTERS, Crowd
from coordinator.reminders.models import Aim, ReminderRule
from coordinator.reminders.operations import by_hand


def targets_of(rule: ReminderRule) -> list[Target]:
    """Return everybody whom the reminder is for, those who wait for a day at the end."""
    audience = Crowd(rule.meeting).audience(rule.aim, by_hand(rule))
    return audience.targets + audience.paused


def proof(meeting: Meeting, aim: Aim, target: Target) -> Letter:
    """Return the letter to one recipient, but for the personal link."""
    envelope = Envelope(
        recipient=target.recipient,
        organization_name=target.invitation.organization.name,
        url=absolute("invitations.example"),
        more=target.more,
    )
    return Writer(meeting, institution.current()).write(LETTERS[aim], envelope)
