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
from coordinator.invitations.queries.written import (
    WrittenLetters,
    first_code,
    written_letters,
)

__all__ = [
    "Opened",
    "Totals",
    "WindowCount",
    "WrittenLetters",
    "awaiting_answers",
    "by_link",
    "by_public_id",
    "chosen",
    "first_code",
    "invited_ids",
    "letters_of",
    "meeting_totals",
    "needs_of",
    "of_meeting",
    "of_organization",
    "of_organizations",
    "was_written",
    "window_counts",
    "written_letters",
]
