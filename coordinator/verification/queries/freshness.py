"""Which records are old, and which nobody answers for."""

from dataclasses import dataclass

import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.registry.listing import conditions
from coordinator.registry.models import Organization, OrgStatus
from coordinator.verification.models import GONE, SILENT, AnswerState, Round, Verification

SILENT_ROUNDS = 2
"""After so many rounds without an answer somebody should call."""


@dataclass(frozen=True)
class Counts:
    """The state of the whole registry in numbers."""

    records: int
    old: int
    never: int
    silent: int
    waiting: int


def counts() -> Counts:
    """Return how many records there are, are old, were never checked, are silent, wait."""
    active = Organization.status == OrgStatus.ACTIVE
    row = db.session.execute(
        sa.select(
            sa.select(sa.func.count()).select_from(Organization).where(active).scalar_subquery(),
            _count(sa.and_(active, conditions.needs_check())),
            _count(sa.and_(active, Organization.verified_at.is_(None))),
            _count(sa.and_(active, is_silent())),
            _waiting().scalar_subquery(),
        )
    ).one()
    return Counts(*row)


def waiting() -> int:
    """Return how many organisations wait for the branch's word on a correction."""
    return db.session.scalar(_waiting()) or 0


def is_silent() -> sa.ColumnElement[bool]:
    """The condition that nobody answered for an organisation in its last two rounds or more."""
    times = silences()
    return Organization.id.in_(
        sa.select(times.c.organization_id).where(times.c.rounds >= SILENT_ROUNDS)
    )


def silences() -> sa.Subquery:
    """How many ended rounds have passed for each organisation since its last answer."""
    answered = (
        sa.select(
            Verification.organization_id, sa.func.max(Verification.answered_at).label("moment")
        )
        .where(Verification.answered_at.is_not(None))
        .group_by(Verification.organization_id)
        .subquery()
    )
    return (
        sa.select(Verification.organization_id, sa.func.count().label("rounds"))
        .join(Round, Round.id == Verification.round_id)
        .outerjoin(answered, answered.c.organization_id == Verification.organization_id)
        .where(
            Verification.state.in_(SILENT),
            sa.or_(Round.closed_at.is_not(None), Round.answer_by < clock.today()),
            sa.or_(answered.c.moment.is_(None), answered.c.moment < Round.sent_at),
        )
        .group_by(Verification.organization_id)
        .subquery()
    )


def _count(condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    counted = sa.select(sa.func.count()).select_from(Organization)
    return counted.where(condition).scalar_subquery()


def _waiting() -> sa.Select[int]:
    return (
        sa.select(sa.func.count(Verification.organization_id.distinct()))
        .join(Verification.organization)
        .where(Verification.state == AnswerState.PROPOSED, Organization.status.not_in(GONE))
    )
