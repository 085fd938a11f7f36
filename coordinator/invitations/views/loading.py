"""What several pages load: the meeting of an address, an invitation of it."""

from flask import abort

from coordinator.invitations import queries
from coordinator.invitations.models import Invitation
from coordinator.meetings.models import Meeting
from coordinator.meetings.queries import find_meeting


def meeting_or_404(public_id: str) -> Meeting:
    meeting = find_meeting(public_id)
    if meeting is None:
        abort(404)
    return meeting


def invitation_or_404(public_id: str, meeting: Meeting) -> Invitation:
    """Return the invitation if it is one of that meeting."""
    invitation = queries.by_public_id(public_id, meeting.id)
    if invitation is None:
        abort(404)
    return invitation
