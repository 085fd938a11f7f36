"""Mail that arrived: a calendar's answer becomes the organisation's, a person's waits for staff."""

from coordinator.inbox.arrival import Arrival
from coordinator.inbox.models import MessageKind
from coordinator.inbox.takers import Verdict
from coordinator.replies import queries
from coordinator.replies.operations.calendar import take_calendar

TO_ENTER = "to_enter"


def take(arrival: Arrival) -> Verdict | None:
    """Say what a message does; None for what is no answer to an invitation."""
    if arrival.calendar is not None:
        return take_calendar(arrival, arrival.calendar)
    own = queries.invitation_letter(arrival.letter)
    if own is None:
        return None
    return Verdict(MessageKind.HUMAN, TO_ENTER, {"invitation": own.invitation.public_id})
