"""Processes are killed and stopped while letters go out; every letter arrives."""

import json
import random
import signal
import subprocess
import time
from collections import Counter

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.outbox import operations, queries
from coordinator.outbox.models import LetterState
from tests.outbox.letters import letter
from tests.processes import FLASK, environment, run, running, start, until
from tests.smtp import SmtpServer

COUNT = 300
pytestmark = pytest.mark.slow


@pytest.fixture
def slow_server(smtp_server: SmtpServer) -> SmtpServer:
    """A server that takes its time, and refuses every sixth for a while."""
    smtp_server.delay = 0.01
    for number in range(0, COUNT, 6):
        smtp_server.plan(f"kisi{number}@kurulus.example", "data", "451 4.3.0 later", times=2)
    return smtp_server


@pytest.fixture
def env(app: Flask, slow_server: SmtpServer) -> dict[str, str]:
    for number in range(COUNT):
        operations.queue(letter(number))
    db.session.commit()
    on_sqlite = db.engine.dialect.name == "sqlite"
    return environment(
        app,
        MAIL_SERVER="127.0.0.1",
        MAIL_PORT=str(slow_server.port),
        MAIL_DEFAULT_SENDER="paydas@belediye.bel.tr",
        OUTBOX_RETRY_SECONDS="1",
        OUTBOX_LEASE_SECONDS="3",
        JOBS_URL="" if on_sqlite else app.config["SQLALCHEMY_DATABASE_URI"],
    )


def sent() -> int:
    db.session.rollback()
    return queries.counts()[LetterState.SENT]


def test_killed_workers_lose_nothing(slow_server: SmtpServer, env: dict[str, str]) -> None:
    command, chance = (*FLASK, "outbox", "deliver", "--json"), random.Random(7)
    workers: list[subprocess.Popen[str]] = [start(command, env) for _ in range(2)]
    kills = 0
    try:
        for target in (20, 80, 140, 200):
            until(lambda target=target: len(slow_server.received) >= target)
            victim = workers.pop(0)
            workers.append(start(command, env))
            time.sleep(chance.uniform(0, 0.05))
            victim.send_signal(signal.SIGKILL)
            victim.communicate()
            kills += 1
        answers = [json.loads(worker.communicate(timeout=60)[0]) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
    assert [worker.returncode for worker in workers] == [0, 0]
    assert all(set(answer) == {"sent", "deferred", "failed"} for answer in answers)
    assert sent() == COUNT
    arrivals = Counter(slow_server.recipients())
    assert len(arrivals) == COUNT, "a letter was lost"
    ids = {(one.recipient, one.message_id) for one in slow_server.received}
    assert len(ids) == COUNT, "a repeat had another Message-ID"
    assert len(slow_server.received) - COUNT <= kills


def test_stopped_workers_send_nothing_twice(slow_server: SmtpServer, env: dict[str, str]) -> None:
    for target in (60, COUNT):
        with running((*FLASK, "worker"), env) as worker:
            until(lambda target=target: len(set(slow_server.recipients())) >= target, 60)
            asked = time.monotonic()
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
            assert time.monotonic() - asked < 10
    assert sent() == COUNT
    assert len(slow_server.received) == COUNT


def test_a_command_goes_on_where_a_stopped_one_ended(
    slow_server: SmtpServer, env: dict[str, str]
) -> None:
    with running((*FLASK, "outbox", "deliver"), env) as first:
        until(lambda: len(slow_server.received) >= 30)
        first.terminate()
        assert first.wait(20) == 1, "it was stopped before the end, and says so"
    assert run((*FLASK, "outbox", "deliver"), env).returncode == 0
    assert sent() == COUNT
    assert len(slow_server.received) == COUNT
