"""Faults at each step of SMTP, the limit a minute, a meeting that is cancelled half-way."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

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
def working(app: Flask, count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run worker processes for the block."""
    quiet = subprocess.DEVNULL
    env = environment_of(app)
    processes = [
        subprocess.Popen([*FLASK, "worker"], cwd=ROOT, env=env, stdout=quiet, stderr=quiet)
        for _ in range(count)
    ]
    try:
        yield processes
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


@dataclass(frozen=True)
class Cancelled:
    """What came of a meeting that was cancelled half-way; who is named by address."""

    invited: frozenset[str]
    told: frozenset[str]
    late: tuple[str, ...]
    in_hand: frozenset[str]
    perhaps: frozenset[str]
    tried_again: int
    done: bool

    @property
    def wrong(self) -> list[str]:
        begun_late = [one for one in self.late if one not in self.in_hand]
        for_nothing = self.told - self.invited - self.in_hand - self.perhaps
        faults = {
            "invitations begun after the meeting was cancelled": len(begun_late),
            "invitations tried once more after it": self.tried_again,
            "invited but not told": len(self.invited - self.told),
            "told for nothing": len(for_nothing),
            "not ended in time": not self.done,
        }
        return [f"{number:d} {name}" for name, number in faults.items() if number]

    def figures(self) -> str:
        return (
            f"{len(self.invited)} invited, {len(self.told)} told, {len(self.in_hand)} in hand "
            f"at the commit, {len(self.late)} of them arrived after it, "
            f"{len(self.perhaps)} tries cut before it"
        )


def cancelled_half_way(app: Flask, sink: FaultySink, count: int, workers: int) -> Cancelled:
    """Cancel the meeting with half of its invitations sent, and kill workers around it."""
    with working(app, workers) as processes:
        done = until(lambda: len(sink.received) >= count // 2, 120)
        processes[0].kill()
        meeting = db.session.scalars(sa.select(Meeting)).one()
        meetings.cancel_meeting(meeting, reason="Salon kapandı.", actor=COMMAND)
        db.session.flush()
        # Rows that are called back are locked until the commit: nobody else settles them now.
        called = sa.select(OutboxLetter).where(OutboxLetter.called_back_at.is_not(None))
        rows = db.session.scalars(called).all()
        in_hand = {one.to_address for one in rows if one.state is LetterState.SENDING}
        cut = queries.perhaps_arrived(one.id for one in rows)
        perhaps = {one.to_address for one in rows if one.id in cut}
        tries = {one.id: one.attempts for one in rows}
        db.session.commit()
        over = time.monotonic()
        processes[1].kill()
        done = until(lambda: not still_open(), 240) and done
    arrived = list(sink.received)
    cancelled = {one.recipient for one in arrived if b"METHOD:CANCEL" in one.raw}
    asked = [one for one in arrived if b"METHOD:CANCEL" not in one.raw]
    return Cancelled(
        invited=frozenset(one.recipient for one in asked),
        told=frozenset(cancelled),
        late=tuple(one.recipient for one in asked if one.at > over),
        in_hand=frozenset(in_hand),
        perhaps=frozenset(perhaps),
        tried_again=_tried_again(tries),
        done=done,
    )


def _tried_again(tries: dict[int, int]) -> int:
    """Return of how many letters a worker began a further try."""
    db.session.rollback()
    now = sa.select(OutboxLetter.id, OutboxLetter.attempts).where(OutboxLetter.id.in_(tries))
    return sum(row.attempts != tries[row.id] for row in db.session.execute(now))


def still_open() -> int:
    """Return how many letters have not come to an end."""
    counts = queries.counts()
    db.session.rollback()
    return sum(counts[one] for one in OPEN_STATES)
