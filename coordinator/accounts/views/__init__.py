"""The pages of signing in and of one's own account."""

from coordinator.accounts.views import own, passwords, signing_in
from coordinator.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "own", "passwords", "signing_in"]
