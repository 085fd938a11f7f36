"""Kill -9, freeze or stop worker and web processes while letters go out, and count what arrived."""

import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.extensions import db
from coordinator.outbox.models import OPEN_STATES, LetterState, OutboxLetter
from tests.chaos.houses import environment_of
from tests.chaos.sink import CUT_AFTER, FaultySink
from tests.processes import FLASK, ROOT, SERVE, free_port

KILL, KILL_WEB, FREEZE, STOP = "kill -9", "kill -9 of web", "SIGSTOP", "SIGTERM"
STUCK = 60
"""Seconds behind its lease after which a letter in hand counts as forgotten."""


@dataclass
class Plan:
    """What is done to whom, how often."""

    letters: int
    workers: int = 3
    kills: int = 0
    web_kills: int = 0
    freezes: int = 0
    stops: int = 0
    patience: float = 600
    connections: int = 1
    """Of each worker: whoever ends one can repeat what each of them had in hand."""

    def deeds(self, chance: random.Random) -> list[str]:
        deeds = (
            [KILL] * self.kills
            + [KILL_WEB] * self.web_kills
            + [FREEZE] * self.freezes
            + [STOP] * self.stops
        )
        chance.shuffle(deeds)
        return deeds


@dataclass
class Result:
    """What came of it."""

    letters: int
    arrived: int = 0
    lost: int = 0
    other_ids: int = 0
    raw_duplicates: int = 0
    allowed_duplicates: int = 0
    stuck: int = 0
    wrong_state: int = 0
    longest_stop: float = 0.0
    seconds: float = 0.0
    deeds: dict[str, int] = field(default_factory=dict)
    cuts: int = 0
    stalled: str = ""

    @property
    def holds(self) -> bool:
        """Is everything as promised?"""
        broken = self.lost + self.other_ids + self.stuck + self.wrong_state
        repeats = self.raw_duplicates <= self.allowed_duplicates
        return not (broken or self.stalled) and repeats and self.longest_stop <= 30

    def told(self) -> str:
        done = ", ".join(f"{number} x {deed}" for deed, number in self.deeds.items()) or "nothing"
        return (
            f"{self.letters} letters, {done}, {self.cuts} cuts after taking: "
            f"lost {self.lost}, recipients with two Message-IDs {self.other_ids}, "
            f"raw duplicates {self.raw_duplicates} (at most {self.allowed_duplicates}), "
            f"forgotten in hand {self.stuck}, wrong state {self.wrong_state}, "
            f"longest stop {self.longest_stop:.1f} s, {self.seconds:.0f} s: "
            + (f"{self.stalled}: " if self.stalled else "")
            + ("as promised" if self.holds else "BROKEN")
        )


class Stalled(Exception):
    """What was waited for did not come."""


class Chaos:
    """The processes of one run."""

    def __init__(self, app: Flask, sink: FaultySink, plan: Plan, seed: int) -> None:
        self.app, self.sink, self.plan = app, sink, plan
        self.lease: int = app.config["OUTBOX_LEASE_SECONDS"]
        self.chance = random.Random(seed)
        self.result = Result(plan.letters)
        self.workers: list[subprocess.Popen[bytes]] = []
        self.web: subprocess.Popen[bytes] | None = None
        self.thawing: list[threading.Timer] = []

    def run(self) -> Result:
        begun = time.monotonic()
        try:
            self.workers = [self._start(FLASK, "worker") for _ in range(self.plan.workers)]
            if self.plan.web_kills:
                self.web = self._start_web()
            deeds = self.plan.deeds(self.chance)
            for number, deed in enumerate(deeds, 1):
                share = self.plan.letters * number // (len(deeds) + 1)
                self._wait(lambda share=share: len(self.sink.received) >= share)
                time.sleep(self.chance.uniform(0, 0.05))
                self._do(deed)
                self.result.deeds[deed] = self.result.deeds.get(deed, 0) + 1
            self._wait(self._all_done)
        except Stalled as error:
            self.result.stalled = str(error)
        finally:
            self._end()
        self._count()
        self.result.seconds = time.monotonic() - begun
        return self.result

    def _start(self, command: tuple[str, ...], *words: str) -> subprocess.Popen[bytes]:
        env = environment_of(self.app, PORT=str(free_port()))
        quiet = subprocess.DEVNULL
        return subprocess.Popen([*command, *words], cwd=ROOT, env=env, stdout=quiet, stderr=quiet)

    def _start_web(self) -> subprocess.Popen[bytes]:
        return self._start(SERVE)

    def _do(self, deed: str) -> None:
        if deed == KILL_WEB and self.web is not None:
            self.web.kill()
            self.web.wait()
            self.web = self._start_web()
            return
        # The one that has run longest is surely at work.
        victim = self.workers.pop(0)
        if deed == FREEZE:
            victim.send_signal(signal.SIGSTOP)
            thaw = threading.Timer(self.lease + 2, victim.send_signal, [signal.SIGCONT])
            thaw.start()
            self.thawing.append(thaw)
            self.workers.append(victim)
            return
        self.workers.append(self._start(FLASK, "worker"))
        asked = time.monotonic()
        victim.send_signal(signal.SIGKILL if deed == KILL else signal.SIGTERM)
        victim.wait(60)
        if deed == STOP:
            self.result.longest_stop = max(self.result.longest_stop, time.monotonic() - asked)

    def _wait(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + self.plan.patience
        looked = time.monotonic()
        while not condition():
            if time.monotonic() > end:
                raise Stalled(f"nothing more came of it within {self.plan.patience:.0f} s")
            time.sleep(0.02)
            if time.monotonic() - looked > 2:
                looked = time.monotonic()
                self.result.stuck = max(self.result.stuck, self._stuck())
                if self._all_done():
                    return

    def _stuck(self) -> int:
        query = sa.select(sa.func.count()).select_from(OutboxLetter)
        late = OutboxLetter.next_try_at < clock.now() - timedelta(seconds=STUCK)
        return self._ask(query.where(OutboxLetter.state == LetterState.SENDING, late))

    def _all_done(self) -> bool:
        query = sa.select(sa.func.count()).select_from(OutboxLetter)
        return self._ask(query.where(OutboxLetter.state.in_(OPEN_STATES))) == 0

    def _ask(self, query: sa.Select[int]) -> int:
        with db.engine.connect() as connection:
            return connection.scalar(query) or 0

    def _end(self) -> None:
        for thaw in self.thawing:
            thaw.join()
        for process in [*self.workers, *([self.web] if self.web else [])]:
            process.terminate()
        for process in [*self.workers, *([self.web] if self.web else [])]:
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()

    def _count(self) -> None:
        ids = self.sink.ids()
        found = self.result
        found.arrived = len(ids)
        found.lost = self.plan.letters - len(ids)
        found.other_ids = sum(len(some) > 1 for some in ids.values())
        found.raw_duplicates = len(self.sink.received) - len(ids)
        found.cuts = self.sink.met[CUT_AFTER]
        known = (KILL, KILL_WEB, FREEZE)
        ended = sum(found.deeds.get(one, 0) for one in known)
        found.allowed_duplicates = found.cuts + ended * self.plan.connections
        with db.engine.connect() as connection:
            rows = connection.execute(sa.select(OutboxLetter.to_address, OutboxLetter.state))
            found.wrong_state = sum(
                (row.state is LetterState.SENT) != (row.to_address in ids) for row in rows
            )
