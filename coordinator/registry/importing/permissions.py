"""Who may go on with an import."""

from coordinator.access import WRITERS, Role
from coordinator.accounts.models import User
from coordinator.registry.models import ImportBatch


def may_go_on(user: User, batch: ImportBatch | None) -> bool:
    """A list is open to whoever loaded it, and to administrators."""
    if batch is None or user.role not in WRITERS:
        return False
    return user.role is Role.ADMIN or batch.created_by_id == user.id
