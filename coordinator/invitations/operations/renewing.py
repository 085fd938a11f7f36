"""A new link for whoever asks for one with a link that has expired."""

from coordinator import links
from coordinator.actors import Actor
from coordinator.errors import RuleBroken
from coordinator.invitations.operations.removing import renew
from coordinator.invitations.queries import Opened


def renew_expired(opened: Opened) -> bool:
    """Send a new link to the address of an expired letter, once; return whether it was sent.

    The expired one is ended with it, so it never opens again, not even when the meeting moves,
    and it asks for nothing a second time. Links that staff ended, and those whose address is no
    longer the recipient's, ask in vain.
    """
    link = opened.link
    if links.is_open(link) or link.revoked_at is not None or not opened.still_theirs:
        return False
    try:
        actor = Actor.link(opened.recipient.name)
        renew(invitation=opened.invitation, number=link.id, actor=actor)
    except RuleBroken:  # too late, on hold, or on paper; whoever asks is not told which
        return False
    return True
