"""Which worker has which list in hand. Every deed here is one short transaction of its own.

A worker that dies leaves its lease behind; when that has run out, another takes the list up.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

import sqlalchemy as sa

from coordinator import clock
from coordinator.database import will_write
from coordinator.extensions import db
from coordinator.registry.models import AT_WORK, ImportBatch, ImportState

LASTS = timedelta(seconds=60)
WRITING_LASTS = timedelta(minutes=5)
MOST_TRIES = 3

batches = cast(sa.Table, ImportBatch.__table__)


class LeaseLost(Exception):
    """Another worker has the list, or somebody dropped it."""


@dataclass(frozen=True)
class Lease:
    """A list that this worker alone has in hand."""

    batch_id: int
    name: str
    saves: bool = False
    """Is it to be saved, and not only looked through?"""
    undoes: bool = False
    """Was it saved, and is it to be taken back?"""

    def tell(self, done: int) -> None:
        """Say how many rows are done, and that the worker lives. Raises LeaseLost."""
        self._write(done_rows=done, lease_until=clock.now() + LASTS)

    def begin_writing(self, done: int) -> None:
        """Say that all rows are done and the one long transaction begins. Raises LeaseLost."""
        self._write(done_rows=done, lease_until=clock.now() + WRITING_LASTS)

    def give_back(self, *, tried: bool = True) -> None:
        """Let another worker take the list up at once."""
        tries = batches.c.tries - (0 if tried else 1)
        try:
            self._write(lease="", lease_until=None, tries=tries)
        except LeaseLost:
            return

    def fail(self) -> None:
        """Say that the work comes to nothing however often it is tried."""
        try:
            state = ImportState.APPLIED if self.undoes else ImportState.FAILED
            self._write(state=state, trouble="broken", lease="", lease_until=None)
        except LeaseLost:
            return

    def _write(self, **values: Any) -> None:
        held = sa.and_(batches.c.id == self.batch_id, batches.c.lease == self.name)
        at_work = batches.c.state.in_(AT_WORK)
        before = will_write.set(True)
        try:
            with db.engine.begin() as connection:
                done = connection.execute(sa.update(batches).where(held, at_work).values(**values))
        finally:
            will_write.reset(before)
        if not done.rowcount:
            raise LeaseLost


def claim(batch_id: int | None = None) -> Lease | None:
    """Take a list that waits for a worker, or whose worker is gone; None if there is none."""
    now = clock.now()
    free = sa.or_(batches.c.lease_until.is_(None), batches.c.lease_until < now)
    waiting = sa.select(batches.c.id, batches.c.tries, batches.c.state).where(
        batches.c.state.in_(AT_WORK), free
    )
    if batch_id is not None:
        waiting = waiting.where(batches.c.id == batch_id)
    with db.engine.connect() as connection:
        found = connection.execute(waiting.order_by(batches.c.updated_at)).all()
    for number, tries, state in found:
        lease = Lease(
            number,
            secrets.token_hex(8),
            saves=state is ImportState.SAVING,
            undoes=state is ImportState.UNDOING,
        )
        with db.engine.begin() as connection:
            taken = connection.execute(
                sa.update(batches)
                .where(batches.c.id == number, batches.c.state.in_(AT_WORK), free)
                .values(lease=lease.name, lease_until=now + LASTS, tries=tries + 1)
            )
        if not taken.rowcount:
            continue
        if tries < MOST_TRIES:
            return lease
        lease.fail()
    return None
