"""Several workers, and others who write, at the same time: no letter goes twice, nobody waits."""

import threading
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.extensions import db
from coordinator.outbox import ledger, operations
from coordinator.outbox.delivery import drain
from coordinator.outbox.models import DeliveryAttempt, LetterState
from tests.outbox.letters import fresh, letter, make_due, outcomes, queued
from tests.smtp import HANG, SmtpServer

SENT, DEFERRED = LetterState.SENT, LetterState.DEFERRED


def test_a_worker_that_slept_past_its_lease_cannot_undo_what_was_sent(
    smtp_server: SmtpServer,
) -> None:
    row = queued()
    with ledger.opened() as sleeper:
        held = sleeper.step()
        assert held is not None
        make_due(row)
        assert drain() == 1
        db.session.rollback()
        sleeper.step((held, ledger.Outcome(DEFERRED, "451 late")), claim=False)
        assert fresh(row).state is SENT
        db.session.rollback()
        sleeper.step((held, ledger.Outcome(SENT)), claim=False)
    assert outcomes(row) == [DEFERRED, SENT]


def test_a_letter_that_arrived_does_not_go_again_although_another_hand_failed(
    smtp_server: SmtpServer,
) -> None:
    row = queued()
    with ledger.opened() as sleeper:
        held = sleeper.step()
        assert held is not None
        make_due(row)
        smtp_server.plan(row.to_address, "rcpt", "451 later", times=1)
        drain()
        assert fresh(row).state is DEFERRED
        db.session.rollback()
        sleeper.step((held, ledger.Outcome(SENT)), claim=False)
    assert (fresh(row).state, fresh(row).next_try_at) == (SENT, None)


def test_no_transaction_is_open_while_the_server_is_talked_to(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_TIMEOUT", 1)
    first, _second = queued(1), queued(2)
    smtp_server.plan(first.to_address, "data", HANG, times=1)
    written: list[float] = []

    def write() -> None:
        with app.app_context():
            time.sleep(0.4)
            begun = time.monotonic()
            db.session.execute(sa.text("UPDATE institution SET city = 'X'"))
            db.session.commit()
            written.append(time.monotonic() - begun)

    other = threading.Thread(target=write)
    other.start()
    drain()
    other.join()
    assert written[0] < 0.4


def test_two_workers_never_send_one_letter_twice(app: Flask, smtp_server: SmtpServer) -> None:
    for number in range(40):
        queued(number)
    sent: list[int] = []

    def work() -> None:
        with app.app_context():
            sent.append(drain())

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(sent) == 40
    assert len(smtp_server.received) == len(set(smtp_server.recipients())) == 40


def test_no_more_than_so_many_a_minute_across_workers(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "OUTBOX_PER_MINUTE", 5)
    for number in range(12):
        queued(number)

    def work() -> None:
        with app.app_context():
            drain()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(smtp_server.received) == 5
    with ledger.opened() as book:
        turn = book.next_turn()
    assert turn is not None
    assert 50 < (turn - clock.now()).total_seconds() <= 60
    db.session.execute(
        sa.update(DeliveryAttempt).values(created_at=clock.now() - timedelta(seconds=61))
    )
    db.session.commit()
    assert drain() == 5


def test_a_key_makes_a_second_letter_impossible(app: Flask, smtp_server: SmtpServer) -> None:
    barrier, ids = threading.Barrier(6), []

    def write() -> None:
        with app.app_context():
            barrier.wait()
            row = operations.queue(letter(once="invitation:7"))
            ids.append(row.id)
            db.session.commit()

    writers = [threading.Thread(target=write) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(ids) == 6
    assert len(set(ids)) == 1
    assert drain() == 1
