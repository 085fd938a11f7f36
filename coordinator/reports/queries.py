"""What came of each window, counted by the packages that know."""

from dataclasses import dataclass

from coordinator.activities.queries import activities
from coordinator.days.models import DayWindow
from coordinator.days.queries import windows
from coordinator.invitations.queries import totals
from coordinator.proposals.queries import counting


@dataclass(frozen=True)
class Outcome:
    """A window and its numbers: organisations, then proposals, activities and people."""

    window: DayWindow
    invited: int
    answered: int
    came: int
    proposals: int
    accepted: int
    activities: int
    done: int
    reached: int


def outcomes() -> list[Outcome]:
    """Return what came of every window, the newest day first, in six statements."""
    found = windows()
    ids = [window.id for window in found]
    people = totals.window_counts(ids)
    proposals = counting.counts_of_windows(ids)
    done = activities.window_counts(ids)
    return [
        Outcome(
            window=window,
            invited=people[window.id].invited,
            answered=people[window.id].answered,
            came=people[window.id].came,
            proposals=proposals[window.id].proposals,
            accepted=proposals[window.id].accepted,
            activities=done[window.id].activities,
            done=done[window.id].done,
            reached=done[window.id].reached,
        )
        for window in found
    ]
