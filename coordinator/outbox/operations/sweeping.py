"""Find letters that hang: open, and nobody's turn will come, or not for a time that nobody set."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from coordinator import clock, jobs
from coordinator.actors import WORKER
from coordinator.audit import operations as audit
from coordinator.extensions import db
from coordinator.outbox.ledger import LONGEST_PAUSE
from coordinator.outbox.models import OPEN_STATES, OutboxLetter
from coordinator.outbox.operations.holds import end_waiting
from coordinator.outbox.operations.writing import DELIVER
from coordinator.outbox.queries import MAY_BE_SPARED, is_not_held

SLACK = timedelta(minutes=5)
"""How far clocks of machines may be apart."""


def sweep() -> int:
    """Give each letter that hangs its turn again, and return how many there were.

    Such are open letters without a next turn, or with one later than any pause or lease is long
    (a clock went wrong, a row was changed by hand). Letters that wait to go to an address on
    hold, because both came at the same moment, are ended.
    """
    found = _hanging()
    deeds = [audit.Deed("letter.mended", number, subject, {}) for number, subject in found]
    audit.record_all(OutboxLetter.__tablename__, deeds, WORKER)
    if found:
        jobs.nudge_after_commit(DELIVER)
    end_waiting(sa.and_(MAY_BE_SPARED, ~is_not_held(OutboxLetter.to_address)))
    return len(found)


def _hanging() -> Sequence[sa.Row[int, str]]:
    config = current_app.config
    seconds = max(config["OUTBOX_RETRY_SECONDS"] * LONGEST_PAUSE, config["OUTBOX_LEASE_SECONDS"])
    latest = clock.now() + timedelta(seconds=seconds) + SLACK
    return db.session.execute(
        sa.update(OutboxLetter)
        .where(
            OutboxLetter.state.in_(OPEN_STATES),
            sa.or_(OutboxLetter.next_try_at.is_(None), OutboxLetter.next_try_at > latest),
        )
        .values(next_try_at=clock.now())
        .returning(OutboxLetter.id, OutboxLetter.subject)
    ).all()
