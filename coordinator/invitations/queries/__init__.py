"""Named reads of invitations. Numbers for other features are `meeting_totals`, `window_counts`."""

from coordinator.invitations.queries.records import (
    Opened,
    awaiting_answers,
    by_link,
    by_public_id,
    chosen,
    invited_ids,
    letters_of,
    of_meeting,
    of_organization,
    of_organizations,
    was_written,
)
from coordinator.invitations.queries.totals import (
    Totals,
    WindowCount,
    meeting_totals,
    needs_of,
    window_counts,
)

__all__ = [
    "Opened",
    "Totals",
    "WindowCount",
    "awaiting_answers",
    "by_link",
    "by_public_id",
    "chosen",
    "invited_ids",
    "letters_of",
    "meeting_totals",
    "needs_of",
    "of_meeting",
    "of_organization",
    "of_organizations",
    "was_written",
    "window_counts",
]
