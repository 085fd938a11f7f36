"""What is done with mail that answers an invitation, by itself and by staff."""

from coordinator.replies.operations.calendar import take_calendar
from coordinator.replies.operations.failing import hold_failing
from coordinator.replies.operations.staff import NoMailThere, clear_hold, enter_answer, send_to
from coordinator.replies.operations.taking import take

__all__ = [
    "NoMailThere",
    "clear_hold",
    "enter_answer",
    "hold_failing",
    "send_to",
    "take",
    "take_calendar",
]
