"""What the yearly question does when the floors below tell something."""

from typing import Any

from coordinator.duplicates.journal import Journal
from coordinator.duplicates.signals import merged, unmerged
from coordinator.registry.models import Organization
from coordinator.verification.operations.merging import bring_corrections_along, lead_letters_on
from coordinator.verification.operations.sending import ask_anew


def when_merged(kept: Organization, other: Organization, journal: Journal, **_more: Any) -> None:
    """An organisation is asked once in a round, however many records it had."""
    lead_letters_on(kept=kept, other=other, journal=journal)
    bring_corrections_along(kept=kept, other=other, journal=journal)


def when_unmerged(kept: Organization, journal: Journal, **_more: Any) -> None:
    """Each is asked for itself again."""
    ask_anew(journal.letters_called_back())


def connect() -> None:
    merged.connect(when_merged)
    unmerged.connect(when_unmerged)
