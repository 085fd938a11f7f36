"""What a working process does for the outbox: deliver, take over orphans, give signs of life."""

import fcntl
import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from coordinator import clock, jobs
from coordinator.extensions import db
from coordinator.outbox import ledger, operations
from coordinator.outbox.delivery import deliver_due
from coordinator.outbox.models import WorkerBeat
from coordinator.outbox.operations import DELIVER

NEAR = timedelta(seconds=61)
FORGOTTEN = timedelta(days=1)
logger = logging.getLogger(__name__)
_delivering = threading.Lock()
_again = threading.Event()


def deliver() -> None:
    """Deliver what is due; one run at a time in this process, none is lost for that."""
    stopping = jobs.of(current_app).stopping.is_set
    _again.set()
    while _again.is_set() and not stopping() and _delivering.acquire(blocking=False):
        try:
            _again.clear()
            with in_hand():
                deliver_due(stopping=stopping)
        finally:
            _delivering.release()
    with ledger.opened() as book:
        turn = book.next_turn()
    if turn is not None and turn - clock.now() < NEAR and not stopping():
        jobs.nudge_at(DELIVER, max(turn, clock.now() + timedelta(seconds=1)))


def begin() -> None:
    """Start as a working process: take over orphans, and look at once what is due."""
    take_over()
    jobs.nudge(DELIVER)


def take_over() -> None:
    """Take over what dead processes had in hand, where it is known that they are dead.

    On SQLite every delivering process holds a shared lock that dies with it. On PostgreSQL
    other machines may be sending: there the lease decides.
    """
    lock = lock_file()
    if lock is None:
        return
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        with ledger.opened() as book:
            book.adopt_all()


def sweep() -> None:
    """Give letters that hang their turn again, and say so in the log."""
    mended = operations.sweep()
    db.session.commit()
    if mended:
        logger.warning("%s letters hung without a turn, and wait for one again", mended)


@contextmanager
def in_hand() -> Iterator[None]:
    """Say to other processes that letters are in hand here."""
    lock = lock_file()
    if lock is None:
        yield
        return
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def lock_file() -> Path | None:
    """Return the lock that delivering processes of one SQLite database share."""
    url = db.engine.url
    return Path(f"{url.database}.delivering") if url.get_backend_name() == "sqlite" else None


def beat() -> None:
    """Give a sign of life, and forget workers that are long gone."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    found = db.session.scalar(sa.select(WorkerBeat).where(WorkerBeat.name == name))
    if found is None:
        db.session.add(WorkerBeat(name=name))
        old = WorkerBeat.updated_at < clock.now() - FORGOTTEN
        db.session.execute(sa.delete(WorkerBeat).where(old))
    else:
        found.updated_at = clock.now()
    db.session.commit()
