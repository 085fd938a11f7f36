"""Faults at each step of SMTP, the limit a minute, a meeting that is cancelled half-way."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.letters import Letter
from coordinator.meetings import operations as meetings
from coordinator.meetings.models import Meeting
from coordinator.outbox import operations, queries
from coordinator.outbox.delivery import drain
from coordinator.outbox.models import OPEN_STATES, DeliveryAttempt, LetterState, OutboxLetter
from tests.chaos.houses import environment_of
from tests.chaos.sink import ANSWERS, PHASES, FaultySink, PhaseSink
from tests.processes import FLASK, ROOT

REFUSED_FOR_GOOD = ("mail", "rcpt", "data", "end")
"""Where "never" is meant for the letter; anywhere else it is the server's own trouble."""


def phase(app: Flask, name: str, fault: str) -> str | None:
    """Send one letter into a fault and mend the fault; return what went wrong, or None."""
    sink = PhaseSink(name, fault)
    app.config.update(MAIL_PORT=sink.port, MAIL_TIMEOUT=1)
    try:
        row = operations.queue(
            Letter(
                "chaos",
                "Nermin Su",
                f"{name}-{fault}@kurulus.example",
                "tr",
                "Davet",
                "Metin",
                "<p/>",
            )
        )
        db.session.commit()
        number = row.id
        drain()
        tries, state, reason = seen(number)
        if fault == "5xx" and name in REFUSED_FOR_GOOD:
            fine = (state, tries) == (LetterState.FAILED, 1) and "never" in (reason or "")
            return None if fine else f"{state.value} after {tries} tries: {reason}"
        if name in ("rset", "quit"):
            return None if state is LetterState.SENT else f"{state.value}: {reason}"
        if state is not LetterState.DEFERRED or not reason:
            return f"{state.value} instead of deferred"
        sink.broken = False
        db.session.execute(
            sa.update(OutboxLetter).where(OutboxLetter.id == number).values(next_try_at=clock.now())
        )
        db.session.commit()
        drain()
        _tries, state, reason = seen(number)
        return None if state is LetterState.SENT else f"not sent after it was mended: {reason}"
    finally:
        sink.close()


def seen(number: int) -> tuple[int, LetterState, str | None]:
    db.session.rollback()
    row = db.session.get_one(OutboxLetter, number, populate_existing=True)
    tries = sa.select(sa.func.count()).where(DeliveryAttempt.letter_id == number)
    found = (db.session.scalar(tries) or 0, row.state, row.reason)
    db.session.rollback()
    return found


def phases(app: Flask) -> list[str]:
    """Go through every step with every fault; return what went wrong where."""
    wrong = []
    for name in PHASES:
        for fault in ANSWERS:
            trouble = phase(app, name, fault)
            if trouble is not None:
                wrong.append(f"{fault} at {name}: {trouble}")
    return wrong


def poison(app: Flask, sink: FaultySink) -> str | None:
    """Queue a letter that cannot be put together among the others; all others must arrive."""
    victim = db.session.scalars(sa.select(OutboxLetter).order_by(OutboxLetter.id).limit(1)).one()
    victim.subject = "Konu\r\nBcc: herkes@kurulus.example"
    db.session.commit()
    drain()
    counts = queries.counts()
    db.session.rollback()
    others = counts[LetterState.SENT]
    fine = counts[LetterState.FAILED] == 1 and others == len(sink.received) == len(sink.ids())
    left = sum(counts.values()) - others - 1
    return None if fine and not left else f"{counts}, {len(sink.received)} arrived"


@contextmanager
def working(app: Flask, count: int) -> Iterator[None]:
    """Run worker processes for the block."""
    quiet = subprocess.DEVNULL
    env = environment_of(app)
    processes = [
        subprocess.Popen([*FLASK, "worker"], cwd=ROOT, env=env, stdout=quiet, stderr=quiet)
        for _ in range(count)
    ]
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(40)


def until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def busiest_minute(sink: FaultySink) -> int:
    """Return the most letters that arrived in any sixty seconds."""
    times = sorted(one.at for one in sink.received)
    best = first = 0
    for last, moment in enumerate(times):
        while times[first] <= moment - 60:
            first += 1
        best = max(best, last - first + 1)
    return best


def cancelled_half_way(app: Flask, sink: FaultySink, count: int, workers: int) -> str | None:
    """Cancel the meeting with half of its invitations sent; return what went wrong, or None."""
    with working(app, workers):
        if not until(lambda: len(sink.received) >= count // 2, 120):
            return "half of them did not go out in time"
        meeting = db.session.scalars(sa.select(Meeting)).one()
        meetings.cancel_meeting(meeting, reason="Salon kapandı.", actor=COMMAND)
        db.session.commit()
        over = time.monotonic()
        until(lambda: not still_open(), 240)
    invited, told, late = set(), set(), 0
    for one in sink.received:
        if b"METHOD:CANCEL" in one.raw:
            told.add(one.recipient)
        else:
            invited.add(one.recipient)
            late += one.at > over
    if late > workers:
        return f"{late} invitations went out after the meeting was cancelled"
    if invited != told:
        return (
            f"{len(invited - told)} invited were not told, {len(told - invited)} told for nothing"
        )
    return None


def still_open() -> int:
    """Return how many letters have not come to an end."""
    counts = queries.counts()
    db.session.rollback()
    return sum(counts[one] for one in OPEN_STATES)
