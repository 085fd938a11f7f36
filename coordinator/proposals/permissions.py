"""Who may read, write and decide what."""

from coordinator.access import READERS, WRITERS
from coordinator.accounts.models import User
from coordinator.proposals import queries
from coordinator.proposals.models import MOVES, Call, Proposal, ProposalStatus
from coordinator.registry import queries as registry


def can_read(user: User, proposal: Proposal | None) -> bool:
    """Staff read what was sent in; representatives all that is their organisation's."""
    if proposal is None:
        return False
    if user.role in READERS:
        return proposal.submitted_at is not None
    return can_write(user, proposal)


def can_write(user: User, proposal: Proposal | None) -> bool:
    """Does the account act for the organisation whose proposal it is?"""
    return proposal is not None and proposal.organization_id in registry.represented_ids(user)


def can_write_to(user: User, call: Call | None) -> bool:
    """Does the account act for an organisation that was asked to the call?"""
    return call is not None and queries.is_asked(call, registry.represented_ids(user))


def can_decide(user: User, proposal: Proposal | None) -> bool:
    """Staff decide on what was sent in."""
    return user.role in WRITERS and can_read(user, proposal)


def awaits_decision(proposal: Proposal) -> bool:
    """May the proposal still be accepted, or a refusal be turned round?"""
    return ProposalStatus.ACCEPTED in MOVES[proposal.status]


def may_be_withdrawn(proposal: Proposal) -> bool:
    """Is the proposal still the organisation's to take back?"""
    return ProposalStatus.WITHDRAWN in MOVES[proposal.status]
