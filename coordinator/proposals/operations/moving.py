"""The one door through which a proposal's state changes."""

from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.proposals.models import Proposal, ProposalStatus, ProposalStep, origins


class MovedMeanwhile(RuleBroken):
    """The proposal is no longer where this move begins."""

    message = _l("This proposal has moved on meanwhile. See below how it stands.")


def move(
    proposal: Proposal,
    target: ProposalStatus,
    *,
    version: int | None,
    actor: Actor,
    action: str,
    note: str = "",
    **values: Any,
) -> ProposalStep:
    """Claim the row along MOVES and write the step down.

    Of two at once one wins; the other raises MovedMeanwhile, with the proposal as it is now.
    """
    db.session.flush()
    claimed = db.session.execute(
        sa.update(Proposal)
        .where(
            Proposal.id == proposal.id,
            Proposal.version == version,
            Proposal.status.in_(origins(target)),
        )
        .values(status=target, version=Proposal.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(proposal)
    if claimed.rowcount != 1:  # type: ignore[attr-defined]
        raise MovedMeanwhile
    step = ProposalStep(status=target, by_name=actor.name[:200], note=note)
    proposal.steps.append(step)
    db.session.flush()
    audit.record(action, proposal, actor)
    return step
