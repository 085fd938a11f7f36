"""What the registry does when a floor below tells something."""

from typing import Any

from coordinator.accounts.models import User
from coordinator.accounts.signals import unknown_address
from coordinator.registry import operations


def make_account(_app: Any, *, email: str) -> User | None:
    """Make the account of a contact who asks for a sign-in link for the first time."""
    return operations.account_for_address(email)


def connect() -> None:
    unknown_address.connect(make_account)
