"""Letters wake the worker when they stand, never before, and never when they were taken back."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from coordinator import clock, jobs
from coordinator.consumer import open_queue
from coordinator.extensions import db
from coordinator.outbox import operations, queries, working
from coordinator.outbox.models import LetterState, OutboxLetter, WorkerBeat
from coordinator.outbox.operations import DELIVER
from tests.databases import PostgresCopies, SqliteCopies
from tests.outbox.letters import letter, queued
from tests.processes import until
from tests.smtp import SmtpServer


@pytest.fixture
def nudged(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of jobs that were nudged."""
    names: list[str] = []
    monkeypatch.setattr(jobs, "nudge", names.append)
    return names


@pytest.fixture
def working_process(
    app: Flask, copies: SqliteCopies | PostgresCopies, monkeypatch: pytest.MonkeyPatch
) -> Iterator[jobs.Jobs]:
    """The jobs of this process, at work: on SQLite in a file, on PostgreSQL there."""
    monkeypatch.setitem(app.config, "JOBS_URL", copies.url if "postgres" in copies.url else "")
    before, app.extensions["jobs"] = jobs.of(app), jobs.Jobs(app)
    mine = jobs.of(app)
    mine.jobs, mine.at_start, mine.at_beat = before.jobs, before.at_start, before.at_beat
    mine.engine.huey.storage.flush_all()
    yield mine
    assert mine.stop(10)
    app.extensions["jobs"] = before


def test_a_nudge_follows_the_commit(nudged: list[str]) -> None:
    operations.queue(letter())
    db.session.flush()
    assert nudged == []
    db.session.commit()
    assert nudged == [DELIVER]
    db.session.commit()
    assert nudged == [DELIVER]


def test_no_nudge_follows_a_rollback(nudged: list[str]) -> None:
    operations.queue(letter())
    db.session.rollback()
    db.session.commit()
    assert nudged == []


def test_the_end_of_a_savepoint_is_no_commit(nudged: list[str]) -> None:
    with db.session.begin_nested():
        operations.queue(letter())
    assert nudged == []
    db.session.commit()
    assert nudged == [DELIVER]


def test_many_letters_are_one_nudge(nudged: list[str]) -> None:
    for number in range(5):
        operations.queue(letter(number, once=f"key {number}"))
    db.session.commit()
    assert nudged == [DELIVER]


def test_a_broken_queue_breaks_no_commit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def put(self, _name: str) -> None:
            raise OSError("no such queue")

    monkeypatch.setattr(jobs.of(app), "_engine", Broken())
    queued()
    assert queries.counts()[LetterState.QUEUED] == 1


def test_nudges_do_not_pile_up(working_process: jobs.Jobs) -> None:
    for number in range(5):
        queued(number)
    assert working_process.engine.huey.pending_count() == 1
    soon, later = clock.now() + timedelta(seconds=30), clock.now() + timedelta(seconds=50)
    for moment in (later, later, soon, soon, later):
        jobs.nudge_at(DELIVER, moment)
    assert working_process.engine.huey.scheduled_count() == 2


def test_a_committed_letter_leaves_within_a_second_or_two(
    working_process: jobs.Jobs, smtp_server: SmtpServer
) -> None:
    working_process.start()
    begun = time.monotonic()
    queued()
    until(lambda: len(smtp_server.received) == 1, 10)
    assert time.monotonic() - begun < 5


def test_a_deferred_letter_is_tried_when_its_pause_is_over(
    app: Flask,
    working_process: jobs.Jobs,
    smtp_server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "OUTBOX_RETRY_SECONDS", 1)
    smtp_server.plan("kisi1@kurulus.example", "rcpt", "451 later", times=1)
    working_process.start()
    queued()
    until(lambda: len(smtp_server.received) == 1, 15)


def test_what_waited_when_the_process_started_is_delivered(
    working_process: jobs.Jobs, smtp_server: SmtpServer
) -> None:
    queued()
    working_process.engine.huey.storage.flush_all()
    working_process.start()
    until(lambda: len(smtp_server.received) == 1, 10)


def test_a_clocked_job_runs_once_a_minute_however_many_schedulers(
    working_process: jobs.Jobs,
) -> None:
    huey = working_process.engine.huey
    working_process.start()
    consumer = working_process.engine.consumer
    assert consumer is not None
    working_process.stop(10)
    huey.storage.flush_all()
    schedulers = [consumer._create_scheduler() for _ in range(3)]
    minute = clock.now().replace(tzinfo=None, minute=1)
    for scheduler in schedulers:
        scheduler.enqueue_periodic_tasks(minute)
    clocked = [job for job in working_process.jobs.values() if job.minute == "*"]
    assert huey.pending_count() == len(clocked) >= 1


def test_a_worker_gives_signs_of_life(app: Flask) -> None:
    working.beat()
    first = queries.last_beat()
    working.beat()
    second = queries.last_beat()
    assert first is not None
    assert second is not None
    assert second >= first
    assert db.session.query(WorkerBeat).count() == 1
    assert queries.workers(timedelta(minutes=2)) == 1


def test_orphans_are_taken_over_at_once_where_nobody_else_can_have_them(
    app: Flask, smtp_server: SmtpServer
) -> None:
    row = queued()
    row.state, row.next_try_at = LetterState.SENDING, clock.now() + timedelta(hours=1)
    db.session.commit()
    alone = db.engine.dialect.name == "sqlite"
    with working.in_hand():
        working.take_over()
    db.session.expire_all()
    assert db.session.get_one(OutboxLetter, row.id).state is LetterState.SENDING
    db.session.rollback()
    working.take_over()
    db.session.expire_all()
    expected = LetterState.DEFERRED if alone else LetterState.SENDING
    assert db.session.get_one(OutboxLetter, row.id).state is expected


def test_an_application_starts_no_threads_by_itself(app: Flask) -> None:
    before = threading.active_count()
    queued()
    assert threading.active_count() == before


def test_the_queue_may_lie_on_redis(app: Flask, tmp_path: Path) -> None:
    config = {**app.config, "JOBS_URL": "redis://127.0.0.1:6399/2"}
    storage = open_queue(config, tmp_path).storage
    connection = storage.pool.connection_kwargs
    assert (connection["host"], connection["port"], connection["db"]) == ("127.0.0.1", 6399, 2)
    assert connection["socket_timeout"] > storage.read_timeout
