"""A meeting in April 2027 and the days before it, for the tests of reminders."""

from datetime import UTC, date, datetime, timedelta

import time_machine

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.models import AnsweredVia, RsvpAnswer
from coordinator.invitations.operations import Reply, Source
from coordinator.meetings.models import Meeting
from coordinator.outbox.models import LetterState
from coordinator.registry.models import Organization
from coordinator.reminders.models import Aim, ReminderRule
from coordinator.reminders.queries import of_meeting
from tests.invitations.parts import deliver, invitation_of, invited, letters

STARTS = datetime(2027, 4, 15, 11, 0, tzinfo=UTC)
"""Thursday, 14.00 in Istanbul."""
DEADLINE = date(2027, 4, 12)
ASKED = datetime(2027, 4, 1, 8, 0, tzinfo=UTC)
SILENT_AT = datetime(2027, 4, 9, 7, 0, tzinfo=UTC)
"""Two days before the last day is a Saturday, so it is the Friday, 10.00 in Istanbul."""
NAMES_AT = datetime(2027, 4, 12, 7, 0, tzinfo=UTC)
EVE_AT = datetime(2027, 4, 14, 7, 0, tzinfo=UTC)


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def spring_meeting(*organizations: Organization, **values: object) -> Meeting:
    """Return the meeting in April to which these were invited two weeks before."""
    with at(ASKED):
        meeting = invited(
            *organizations,
            window=None,
            starts_at=STARTS,
            ends_at=STARTS + timedelta(hours=2),
            rsvp_deadline=DEADLINE,
            **values,
        )
        deliver(LetterState.SENT)
    return meeting


def answers(meeting: Meeting, one: Organization, answer: RsvpAnswer, **more: object) -> None:
    """Let an organisation answer by phone, long before the reminders."""
    with at(ASKED + timedelta(days=2)):
        invitation = invitation_of(meeting, one)
        operations.answer_invitation(
            invitation=invitation,
            reply=Reply(answer, **more),
            source=Source(AnsweredVia.PHONE),
            opened_version=invitation.version,
            actor=COMMAND,
        )
        db.session.commit()


def rule_of(meeting: Meeting, aim: Aim) -> ReminderRule:
    return next(one for one in of_meeting(meeting.id) if one.aim is aim)


def written(kind: str) -> list[str]:
    """Return the addresses of the letters of a kind, in order."""
    return sorted(one.to_address for one in letters() if one.kind == kind)
