"""Rounds: which there are, how far each has come, who is silent."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.models import Organization, OrgStatus
from coordinator.registry.queries import stands
from coordinator.verification.models import (
    AnswerState,
    Round,
    Verification,
    VerificationLetter,
)

LOST = (LetterState.FAILED, LetterState.CANCELLED)
Totals = dict[AnswerState, int]


def by_public_id(public_id: str) -> Round | None:
    if not (public_id.isascii() and public_id.isalnum()):
        return None
    return db.session.scalar(sa.select(Round).where(Round.public_id == public_id))


def rounds() -> Sequence[Round]:
    """Return all rounds, the newest first."""
    return db.session.scalars(sa.select(Round).order_by(Round.id.desc())).all()


def open_round() -> Round | None:
    """Return the newest round that organisations can answer today."""
    return db.session.scalar(
        sa.select(Round).where(can_be_answered()).order_by(Round.id.desc()).limit(1)
    )


def can_be_answered() -> sa.ColumnElement[bool]:
    """The condition that organisations can answer a round today."""
    return sa.and_(
        Round.sent_at.is_not(None), Round.closed_at.is_(None), Round.answer_by >= clock.today()
    )


def totals(round_ids: Sequence[int]) -> dict[int, Totals]:
    """Return for each round how many organisations are in each state, every state named."""
    found = {number: dict.fromkeys(AnswerState, 0) for number in round_ids}
    rows = db.session.execute(
        sa.select(Verification.round_id, Verification.state, sa.func.count())
        .where(Verification.round_id.in_(round_ids), stands(Verification.organization_id))
        .group_by(Verification.round_id, Verification.state)
    )
    for number, state, count in rows:
        found[number or 0][state] = count
    return found


def to_remind(round_: Round, before: datetime) -> dict[int, Organization]:
    """Return the silent by their question's id: those whose last letter is older than that.

    Whom no letter reached is not reminded of it.
    """
    last = (
        sa.select(
            VerificationLetter.verification_id,
            sa.func.max(OutboxLetter.created_at).label("moment"),
            sa.func.max(sa.case((OutboxLetter.state.in_(LOST), 0), else_=1)).label("reached"),
        )
        .join(OutboxLetter, OutboxLetter.id == VerificationLetter.letter_id)
        .group_by(VerificationLetter.verification_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Verification.id, Organization)
        .join(Verification.organization)
        .join(last, last.c.verification_id == Verification.id)
        .where(
            Verification.round_id == round_.id,
            Verification.state == AnswerState.ASKED,
            Organization.status == OrgStatus.ACTIVE,
            last.c.moment <= before,
            last.c.reached == 1,
        )
        .order_by(Organization.sort_key, Organization.id)
    )
    return dict(rows.all())
