"""Long imports in real processes: another one takes up what a killed one left, all or nothing."""

import time
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock, jobs
from coordinator.actors import COMMAND, Actor
from coordinator.database import will_write
from coordinator.extensions import db
from coordinator.registry.importing import batches, leases, saving, work, work_process
from coordinator.registry.models import (
    Contact,
    ImportBatch,
    ImportChange,
    ImportState,
    Organization,
)
from tests.registry.lists import lines
from tests.registry.test_import_engine import name
from tests.registry.uploads import count

ROWS = 300


@pytest.fixture
def waiting(app: Flask) -> ImportBatch:
    """A long list that waits to be looked through."""
    rows = [f"{name(n)} {n};Su {n};su{n}@kurum{n}.example" for n in range(ROWS)]
    batch = batches.start(filename="liste.csv", content=lines(*rows), actor=COMMAND)
    saving.look_through_later(batch)
    db.session.commit()
    return batch


def fresh() -> ImportBatch:
    """Return the list as it is stored now, without keeping others from writing."""
    db.session.rollback()
    before = will_write.set(False)
    try:
        return db.session.scalars(sa.select(ImportBatch)).one()
    finally:
        will_write.reset(before)


def until(done: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)
    db.session.rollback()


def ask_to_save() -> None:
    batch = fresh()
    saving.save_later(
        batch=batch, picture=batch.picture, decisions={}, actor=Actor("Derya Tuna", "page")
    )
    db.session.commit()


@pytest.mark.slow
def test_a_stopping_worker_hands_the_list_on_to_a_process_of_another(
    app: Flask, waiting: ImportBatch
) -> None:
    db.session.rollback()
    stopping = jobs.of(app).stopping
    lease = leases.claim()
    assert lease is not None
    stopping.set()
    try:
        work_process._carry_out(lease, stopping)
    finally:
        stopping.clear()
    assert (fresh().lease, fresh().tries) == ("", 0)
    db.session.rollback()
    work_process.run_waiting()
    assert fresh().state is ImportState.READY
    assert fresh().counts["new"] == ROWS


@pytest.mark.slow
def test_killed_while_it_writes_it_leaves_all_or_nothing(app: Flask, waiting: ImportBatch) -> None:
    db.session.rollback()
    work.run_waiting()
    ask_to_save()
    for seconds in (0.0, 0.15):
        _kill_while_it_writes(seconds)
        if fresh().state is ImportState.APPLIED:
            break
    work_process.run_waiting()
    assert fresh().state is ImportState.APPLIED
    assert (count(Organization), count(Contact), count(ImportChange)) == (ROWS, ROWS, ROWS)


def _kill_while_it_writes(seconds: float) -> None:
    """Kill a process so long after it began to write; its lease is over then."""
    lease = leases.claim()
    assert lease is not None
    process = work_process.start(lease)
    until(lambda: fresh().done_rows >= ROWS or fresh().state is ImportState.APPLIED)
    time.sleep(seconds)
    process.kill()
    process.wait()
    saved = fresh().state is ImportState.APPLIED
    found = (count(Organization), count(Contact), count(ImportChange))
    assert found == ((ROWS,) * 3 if saved else (0, 0, 0))
    db.session.execute(sa.update(ImportBatch).values(lease_until=clock.now()))
    db.session.commit()
