"""What of the deliveries somebody may read."""

from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.administration.queries import ACCOUNT_LETTERS
from coordinator.outbox.models import OutboxLetter


def can_read_letter(user: User, letter: OutboxLetter) -> bool:
    """Letters about accounts are for administrators."""
    return user.role is Role.ADMIN or not letter.kind.startswith(ACCOUNT_LETTERS)
