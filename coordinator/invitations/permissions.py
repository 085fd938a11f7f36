"""Who may answer an invitation, and until when."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.accounts.models import User
from coordinator.invitations.models import Invitation
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.registry.permissions import represents

CALLED_OFF = {
    MeetingStatus.CANCELLED: _l("This meeting was cancelled."),
    MeetingStatus.POSTPONED: _l(
        "This meeting was postponed. We will write to you about a new day."
    ),
}
OVER = {MeetingStatus.HELD, MeetingStatus.CLOSED}


def can_see(user: User, invitation: Invitation | None) -> bool:
    """A representative sees the invitations of their own organisations that went out."""
    return (
        invitation is not None
        and invitation.invited_at is not None
        and represents(user, invitation.organization)
    )


def called_off(meeting: Meeting) -> LazyString | None:
    """Return why nobody meets, if the meeting is cancelled or postponed."""
    return CALLED_OFF.get(meeting.status)


def names_closed(meeting: Meeting) -> LazyString | None:
    """Return why names can no longer be given, or None until the meeting begins."""
    if why := called_off(meeting):
        return why
    if meeting.status in OVER or meeting.has_begun:
        return _l("The meeting has begun.")
    return None


def closed(meeting: Meeting) -> LazyString | None:
    """Return why organisations can no longer answer, or None while they can."""
    if why := called_off(meeting):
        return why
    if meeting.status in OVER or clock.now() >= meeting.ends_at:
        return _l("This meeting is over.")
    if clock.today() > meeting.rsvp_deadline:
        return _l("The last day to answer has passed. Call us if something has changed.")
    return None
