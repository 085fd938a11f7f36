"""Named reads: whom a message concerns, who may answer for whom, what belongs to an invitation."""

from coordinator.replies.queries.asked import (
    Asked,
    asked_of,
    found_by_name,
    invitation_letter,
    last_calendar_answer,
    letter_for,
    letters_at,
    likely,
    links_to,
    open_link_to,
)
from coordinator.replies.queries.bounced import Reach, reach_of
from coordinator.replies.queries.failing import Failing, failing_of, is_unmatched_report
from coordinator.replies.queries.held import HeldHere, held_of
from coordinator.replies.queries.shown import (
    NOT_KEPT,
    WANTED,
    Concern,
    concerns,
    count_wanted,
    of_invitation,
)

__all__ = [
    "NOT_KEPT",
    "WANTED",
    "Asked",
    "Concern",
    "Failing",
    "HeldHere",
    "Reach",
    "asked_of",
    "concerns",
    "count_wanted",
    "failing_of",
    "found_by_name",
    "held_of",
    "invitation_letter",
    "is_unmatched_report",
    "last_calendar_answer",
    "letter_for",
    "letters_at",
    "likely",
    "links_to",
    "of_invitation",
    "open_link_to",
    "reach_of",
]
