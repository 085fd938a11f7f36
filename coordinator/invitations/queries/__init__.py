"""Named reads of invitations. Numbers for other features are `meeting_totals`, `window_counts`."""

from coordinator.invitations.queries.holders import (
    Holder,
    givers,
    handovers,
    holders,
    letter_held_by,
)
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
from coordinator.invitations.queries.seats import (
    free_seats,
    given_answers,
    last_in_queue,
    place_in_queue,
    taken_seats,
    takes_seats,
    waiting_list,
    with_waiting_list,
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
    "Holder",
    "Opened",
    "Totals",
    "WindowCount",
    "WrittenLetters",
    "awaiting_answers",
    "by_link",
    "by_public_id",
    "chosen",
    "first_code",
    "free_seats",
    "given_answers",
    "givers",
    "handovers",
    "holders",
    "invited_ids",
    "last_in_queue",
    "letter_held_by",
    "letters_of",
    "meeting_totals",
    "needs_of",
    "of_meeting",
    "of_organization",
    "of_organizations",
    "place_in_queue",
    "taken_seats",
    "takes_seats",
    "waiting_list",
    "was_written",
    "window_counts",
    "with_waiting_list",
    "written_letters",
]
