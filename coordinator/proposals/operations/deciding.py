"""What the branch does with a proposal: take it up, accept it, decline it, see it realised."""

from flask_babel import lazy_gettext as _l

from coordinator import clock, i18n
from coordinator.actors import Actor
from coordinator.errors import RuleBroken
from coordinator.outbox import operations as outbox
from coordinator.proposals import emails
from coordinator.proposals.models import Proposal, ProposalStatus
from coordinator.proposals.operations import reading
from coordinator.proposals.operations.moving import MovedMeanwhile, move


class ReasonMissing(RuleBroken):
    """No answer without a reason."""

    message = _l("Write the reason; the organisation will read it.")


class AlreadyDecided(RuleBroken):
    """Somebody else decided first; the message says what."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(
            _l(
                "%(name)s decided on this proposal first (%(when)s). %(state)s: %(reason)s",
                name=proposal.decided_by,
                when=i18n.when(proposal.decided_at) if proposal.decided_at else "",
                state=proposal.status.word,
                reason=proposal.decision_note,
            )
        )


def take_up(proposal: Proposal, *, version: int | None, actor: Actor) -> None:
    """Say that the branch is looking at the proposal. Raises MovedMeanwhile, AlreadyDecided."""
    try:
        move(
            proposal,
            ProposalStatus.REVIEW,
            version=version,
            actor=actor,
            action="proposal.taken_up",
        )
    except MovedMeanwhile as error:
        raise _refusal(proposal) from error


def decide(
    proposal: Proposal, *, accept: bool, reason: str, actor: Actor, version: int | None = None
) -> None:
    """Accept or decline, always with a reason; the author is written to.

    Without a version the proposal is decided as it stands now. Raises ReasonMissing,
    AlreadyDecided, MovedMeanwhile.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    try:
        step = move(
            proposal,
            ProposalStatus.ACCEPTED if accept else ProposalStatus.REJECTED,
            version=proposal.version if version is None else version,
            actor=actor,
            action="proposal.accepted" if accept else "proposal.declined",
            note=reason,
            decision_note=reason,
            decided_at=clock.now(),
            decided_by=actor.name[:200],
        )
    except MovedMeanwhile as error:
        raise _refusal(proposal) from error
    outbox.queue_all(emails.decisions(proposal, step, reading.readers(proposal)))


def realise(proposal: Proposal, *, actor: Actor) -> None:
    """Say that what was accepted has taken place. Raises MovedMeanwhile."""
    move(
        proposal,
        ProposalStatus.REALISED,
        version=proposal.version,
        actor=actor,
        action="proposal.realised",
    )


def _refusal(proposal: Proposal) -> RuleBroken:
    if proposal.decided_at is not None:
        return AlreadyDecided(proposal)
    return MovedMeanwhile()
