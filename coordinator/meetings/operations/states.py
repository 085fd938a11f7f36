"""One door for a meeting's state."""

from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.meetings.models import MOVES, Meeting, MeetingStatus
from coordinator.meetings.signals import meeting_cancelled


class NotFromHere(RuleBroken):
    """The table of moves does not lead from this state to that."""

    message = _l("The meeting’s state has changed meanwhile. Reload the page.")


class NotYetBegun(RuleBroken):
    """A meeting that has not begun was not held."""

    message = _l("The meeting has not begun yet.")


def mark_invited(meeting: Meeting, *, actor: Actor) -> None:
    """Note that invitations went out; noting it again changes nothing."""
    if meeting.status is not MeetingStatus.INVITED:
        move(meeting, MeetingStatus.INVITED)
        audit.record("meeting.invited", meeting, actor)


def mark_held(meeting: Meeting, *, actor: Actor) -> None:
    """Note that the meeting took place."""
    if clock.now() < meeting.starts_at:
        raise NotYetBegun
    move(meeting, MeetingStatus.HELD)
    audit.record("meeting.held", meeting, actor)


def cancel_meeting(meeting: Meeting, *, reason: str, actor: Actor) -> None:
    """Call the meeting off; those above write to whoever was invited."""
    move(meeting, MeetingStatus.CANCELLED)
    meeting.cancel_reason = reason
    meeting.calendar_sequence += 1
    db.session.flush()
    audit.record("meeting.cancelled", meeting, actor, reason=reason)
    meeting_cancelled.send(meeting, reason=reason, actor=actor)


def move(meeting: Meeting, to: MeetingStatus) -> None:
    """Move along the table; the row's version keeps two people from moving it at once."""
    if to not in MOVES[meeting.status]:
        raise NotFromHere
    meeting.status = to
    db.session.flush()
