"""Processes are killed and stopped while letters go out; every letter arrives."""

import json
import random
import signal
import time
from collections import Counter

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.outbox import operations, queries
from coordinator.outbox.models import LetterState
from tests.outbox.letters import letter
from tests.processes import FLASK, environment, run, running, until
from tests.smtp import SmtpServer

COUNT = 60
pytestmark = pytest.mark.slow


@pytest.fixture
def slow_server(smtp_server: SmtpServer) -> SmtpServer:
    """A server that takes its time, and refuses every sixth once."""
    smtp_server.delay = 0.03
    for number in range(0, COUNT, 6):
        smtp_server.plan(f"kisi{number}@kurulus.example", "data", "451 4.3.0 later", times=1)
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
        OUTBOX_LEASE_SECONDS="2",
        JOBS_URL="" if on_sqlite else app.config["SQLALCHEMY_DATABASE_URI"],
    )


def sent() -> int:
    db.session.rollback()
    return queries.counts()[LetterState.SENT]


def test_killed_workers_lose_nothing(slow_server: SmtpServer, env: dict[str, str]) -> None:
    command, chance = (*FLASK, "outbox", "deliver", "--json"), random.Random(7)
    with running(command, env) as first, running(command, env) as second:
        for target, victim in ((10, first), (25, second)):
            until(lambda target=target: len(slow_server.received) >= target, 60)
            time.sleep(chance.uniform(0, 0.05))
            victim.send_signal(signal.SIGKILL)
            victim.wait()
    rest = run(command, env)
    assert rest.returncode == 0
    assert set(json.loads(rest.stdout)) == {"sent", "deferred", "failed"}
    assert sent() == COUNT
    arrivals = Counter(slow_server.recipients())
    assert len(arrivals) == COUNT, "a letter was lost"
    ids = {(one.recipient, one.message_id) for one in slow_server.received}
    assert len(ids) == COUNT, "a repeat had another Message-ID"
    assert len(slow_server.received) - COUNT <= 2, "no more repeats than were killed"


def test_stopped_workers_send_nothing_twice(slow_server: SmtpServer, env: dict[str, str]) -> None:
    """A worker is stopped, then a command; another command goes on where they ended."""
    for target, command, ends_with in ((10, ["worker"], 0), (25, ["outbox", "deliver"], 1)):
        with running((*FLASK, *command), env) as process:
            until(lambda target=target: len(slow_server.received) >= target, 60)
            asked = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == ends_with, "a command that was stopped early says so"
            assert time.monotonic() - asked < 10
    assert len(slow_server.received) < COUNT
    assert run((*FLASK, "outbox", "deliver"), env).returncode == 0
    assert sent() == COUNT
    assert len(slow_server.received) == COUNT
