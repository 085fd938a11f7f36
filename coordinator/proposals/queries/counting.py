"""How many there are."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from coordinator.days.models import DayWindow
from coordinator.extensions import db
from coordinator.proposals.models import (
    COUNTED,
    TAKEN_UP,
    WAITING,
    Call,
    Proposal,
    ProposalStatus,
)


@dataclass(frozen=True)
class Counts:
    """How many proposals there are, by state; drafts and withdrawn ones are not counted in."""

    by_status: Counter[ProposalStatus] = field(default_factory=Counter)
    organizations: int = 0

    @property
    def proposals(self) -> int:
        return sum(self.by_status[status] for status in COUNTED)

    @property
    def accepted(self) -> int:
        return sum(self.by_status[status] for status in TAKEN_UP)

    @property
    def waiting(self) -> int:
        return sum(self.by_status[status] for status in WAITING)

    @property
    def drafts(self) -> int:
        return self.by_status[ProposalStatus.DRAFT]


def counts_of_calls(calls: Collection[Call]) -> dict[int, Counts]:
    """Return the counts of each call by its id, in two statements."""
    return _counts(Proposal.call_id, [call.id for call in calls])


def counts_of_windows(window_ids: Collection[int]) -> dict[int, Counts]:
    """Return the counts of each window by its id, in two statements."""
    return _counts(Call.window_id, window_ids)


def counts_of_window(window: DayWindow) -> Counts:
    return counts_of_windows([window.id])[window.id]


def _counts(group: InstrumentedAttribute[int], ids: Collection[int]) -> dict[int, Counts]:
    rows = db.session.execute(
        sa.select(group, Proposal.status, sa.func.count())
        .select_from(Proposal)
        .join(Call, Call.id == Proposal.call_id)
        .where(group.in_(ids))
        .group_by(group, Proposal.status)
    )
    by_status: dict[int, Counter[ProposalStatus]] = {one: Counter() for one in ids}
    for key, status, number in rows:
        by_status[key][status] = number
    organizations = dict(
        db.session.execute(
            sa.select(group, sa.func.count(sa.distinct(Proposal.organization_id)))
            .select_from(Proposal)
            .join(Call, Call.id == Proposal.call_id)
            .where(group.in_(ids), Proposal.status.in_(COUNTED))
            .group_by(group)
        ).all()
    )
    return {key: Counts(states, organizations.get(key, 0)) for key, states in by_status.items()}


# Asked by every page of the branch; building it would take longer than the answer.
_UNDECIDED = sa.select(sa.func.count()).where(Proposal.status.in_(WAITING)).select_from(Proposal)


def waiting_for_decision() -> int:
    """Return how many proposals the branch has still to decide."""
    return db.session.scalar(_UNDECIDED) or 0


def number_written(call: Call, organization_id: int) -> int:
    """Return how many proposals, drafts too, the organisation has in the call."""
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Proposal)
            .where(Proposal.call_id == call.id, Proposal.organization_id == organization_id)
        )
        or 0
    )


def numbers_sent_in(call: Call) -> dict[int, int]:
    """Return how many proposals each organisation sent in to the call, by its id."""
    rows = db.session.execute(
        sa.select(Proposal.organization_id, sa.func.count())
        .where(Proposal.call_id == call.id, Proposal.status.in_(COUNTED))
        .group_by(Proposal.organization_id)
    )
    return dict(rows.all())
