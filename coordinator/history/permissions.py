"""Who may read and write an organisation's history: the branch."""

from coordinator.access import READERS, WRITERS
from coordinator.accounts.models import User
from coordinator.history.models import Encounter
from coordinator.registry.models import Organization


def can_read(user: User, organization: Organization | None) -> bool:
    return organization is not None and user.role in READERS


def can_write(user: User, organization: Organization | None) -> bool:
    """What is said of a merged record belongs to the one that stands for it."""
    return organization is not None and user.role in WRITERS and organization.merged_into_id is None


def can_correct(user: User, encounter: Encounter | None) -> bool:
    return encounter is not None and user.role in WRITERS
