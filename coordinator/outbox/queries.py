"""Named reads of the outbox."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.outbox.models import (
    OPEN_STATES,
    DeliveryAttempt,
    LetterState,
    OutboxLetter,
    WorkerBeat,
)


def counts() -> dict[LetterState, int]:
    """Return how many letters are in each state, every state named."""
    query = sa.select(OutboxLetter.state, sa.func.count()).group_by(OutboxLetter.state)
    found = dict(db.session.execute(query).all())
    return {state: found.get(state, 0) for state in LetterState}


def letters(state: LetterState | None = None) -> sa.Select[OutboxLetter]:
    """Return letters, newest first, of one state or of all."""
    query = sa.select(OutboxLetter).order_by(OutboxLetter.id.desc())
    return query if state is None else query.where(OutboxLetter.state == state)


def by_public_id(public_id: str) -> OutboxLetter | None:
    return db.session.scalar(sa.select(OutboxLetter).where(OutboxLetter.public_id == public_id))


def overdue_since() -> datetime | None:
    """Return since when it has been some letter's turn without anybody taking it."""
    query = sa.select(sa.func.min(OutboxLetter.next_try_at)).where(
        OutboxLetter.next_try_at <= clock.now(), OutboxLetter.state.in_(OPEN_STATES)
    )
    return db.session.scalar(query)


def oldest_open() -> datetime | None:
    """Return when the oldest letter was written that is not delivered yet."""
    query = sa.select(sa.func.min(OutboxLetter.created_at))
    return db.session.scalar(query.where(OutboxLetter.state.in_(OPEN_STATES)))


def last_attempt() -> datetime | None:
    """Return when a delivery was last tried."""
    return db.session.scalar(sa.select(sa.func.max(DeliveryAttempt.created_at)))


def last_beat() -> datetime | None:
    """Return when a worker last gave a sign of life."""
    return db.session.scalar(sa.select(sa.func.max(WorkerBeat.updated_at)))


def workers(within: timedelta) -> int:
    """Return how many workers gave a sign of life lately."""
    query = sa.select(sa.func.count()).where(WorkerBeat.updated_at > clock.now() - within)
    return db.session.scalar(query) or 0
