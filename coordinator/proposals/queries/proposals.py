"""Reads of proposals."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coordinator import turkish
from coordinator.days.models import DayWindow
from coordinator.extensions import db
from coordinator.paging import Paged
from coordinator.proposals import next_steps
from coordinator.proposals.models import (
    TAKEN_UP,
    Call,
    Proposal,
    ProposalStatus,
)
from coordinator.proposals.queries.calls import is_address
from coordinator.proposals.queries.counting import Counts
from coordinator.registry.models import Organization
from coordinator.wording import one_line

PER_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What the list of proposals is narrowed to."""

    call: str = ""
    organization: str = ""
    status: str = ""
    search: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.call or self.organization or self.status or self.search)


@dataclass(frozen=True, kw_only=True)
class Listed(Paged):
    """One page of a list."""

    items: Sequence[Proposal] = ()
    size: int = PER_PAGE


def get(public_id: str) -> Proposal | None:
    """Return a proposal with all that its page shows."""
    if not is_address(public_id):
        return None
    return db.session.scalar(
        sa.select(Proposal)
        .where(Proposal.public_id == public_id)
        .options(
            joinedload(Proposal.call).joinedload(Call.window),
            joinedload(Proposal.organization),
            joinedload(Proposal.document),
            selectinload(Proposal.steps),
        )
    )


def own(organization_ids: Collection[int], call: Call | None = None) -> Sequence[Proposal]:
    """Return the organisations' proposals, drafts first, then the latest; withdrawn drafts not."""
    wanted = [
        Proposal.organization_id.in_(organization_ids),
        sa.or_(Proposal.status != ProposalStatus.WITHDRAWN, Proposal.submitted_at.is_not(None)),
    ]
    if call is not None:
        wanted.append(Proposal.call_id == call.id)
    return db.session.scalars(
        sa.select(Proposal)
        .where(*wanted)
        .options(
            joinedload(Proposal.call).joinedload(Call.window), joinedload(Proposal.organization)
        )
        .order_by(
            sa.case((Proposal.status == ProposalStatus.DRAFT, 0), else_=1),
            Proposal.submitted_at.desc(),
            Proposal.id.desc(),
        )
    ).all()


def sent_in_by(organization: Organization) -> Sequence[Proposal]:
    """Return what an organisation sent in, the latest first, as the branch sees it."""
    return [one for one in own([organization.id]) if one.submitted_at is not None]


def accepted(window: DayWindow) -> Sequence[Proposal]:
    """Return the window's accepted proposals, in the order of the decisions."""
    return db.session.scalars(_accepted(window)).all()


def accepted_without_activity(window: DayWindow) -> Sequence[Proposal]:
    """Return the accepted proposals of which nothing was made yet."""
    left = _accepted(window).where(Proposal.status == ProposalStatus.ACCEPTED)
    for taken in next_steps.taken():
        left = left.where(Proposal.id.not_in(taken))
    return db.session.scalars(left).all()


def _accepted(window: DayWindow) -> sa.Select[Proposal]:
    return (
        sa.select(Proposal)
        .join(Proposal.call)
        .where(Call.window_id == window.id, Proposal.status.in_(TAKEN_UP))
        .options(joinedload(Proposal.organization), contains_eager(Proposal.call))
        .order_by(Proposal.decided_at, Proposal.id)
    )


def sent_in(window: DayWindow | None = None) -> Sequence[Proposal]:
    """Return all that was sent in, of one window or of all, the latest first."""
    found = _narrowed(Wanted()).options(contains_eager(Proposal.organization))
    if window is not None:
        found = found.where(Call.window_id == window.id)
    return db.session.scalars(
        found.order_by(Proposal.submitted_at.desc(), Proposal.id.desc())
    ).all()


def listed(wanted: Wanted, page: int) -> tuple[Listed, Counts]:
    """Return one page of what was sent in, and the counts by state without the state's filter."""
    found = _narrowed(wanted)
    counted = db.session.execute(
        found.with_only_columns(Proposal.status, sa.func.count()).group_by(Proposal.status)
    )
    counts = Counts(Counter(dict(counted.all())))
    total = sum(counts.by_status.values())
    if wanted.status:
        found = found.where(Proposal.status == wanted.status)
        total = counts.by_status[ProposalStatus(wanted.status)]
    page = min(max(page, 1), Paged(total=total, size=PER_PAGE).pages)
    rows = db.session.scalars(
        found.options(
            contains_eager(Proposal.call).contains_eager(Call.window),
            contains_eager(Proposal.organization),
        )
        .order_by(Proposal.submitted_at.desc(), Proposal.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    return Listed(page=page, total=total, items=rows), counts


def _narrowed(wanted: Wanted) -> sa.Select[Proposal]:
    found = (
        sa.select(Proposal)
        .join(Proposal.call)
        .join(Call.window)
        .join(Proposal.organization)
        .where(Proposal.submitted_at.is_not(None))
    )
    if wanted.call:
        found = found.where(Call.public_id == wanted.call)
    if wanted.organization:
        found = found.where(Organization.public_id == wanted.organization)
    key = turkish.search_key(one_line(wanted.search)[:200])
    if key:
        found = found.where(
            sa.or_(
                Proposal.search_key.contains(key, autoescape=True),
                Organization.search_key.contains(key, autoescape=True),
            )
        )
    return found


def organizations_with_proposals() -> Sequence[tuple[str, str]]:
    """Return (public_id, name) of the organisations that sent something in."""
    sent_in = sa.select(Proposal.organization_id).where(Proposal.submitted_at.is_not(None))
    rows = db.session.execute(
        sa.select(Organization.public_id, Organization.name)
        .where(Organization.id.in_(sent_in))
        .order_by(Organization.sort_key)
    )
    return [(public_id, name) for public_id, name in rows]
