"""Who may do what with what arrived."""

from coordinator.access import WRITERS
from coordinator.accounts.models import User
from coordinator.replies.queries import HeldHere


def may_clear(user: User, one: HeldHere) -> bool:
    """Staff clear any address, an organisation's people one that they had letters at.

    Else they could name the address of somebody else as theirs, and have letters go there.
    """
    return user.role in WRITERS or one.is_theirs
