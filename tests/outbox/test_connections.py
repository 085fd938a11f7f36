"""Letters go out over several connections at once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.extensions import db
from coordinator.outbox import ledger, queries
from coordinator.outbox.clerk import Clerk
from coordinator.outbox.courier import Courier
from coordinator.outbox.delivery import deliver_due, drain
from coordinator.outbox.ledger import Outcome
from coordinator.outbox.models import LetterState
from tests.browser import counted_statements
from tests.outbox.letters import queued
from tests.smtp import CUT, SmtpServer


def test_several_connections_send_each_letter_once(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "OUTBOX_CONNECTIONS", 4)
    smtp_server.delay = 0.02
    for number in range(30):
        queued(number)
    smtp_server.plan("kisi7@kurulus.example", "data", "550 5.1.1 no such user")
    smtp_server.plan("kisi9@kurulus.example", "data", CUT, times=1)
    tally = deliver_due()
    assert (tally[LetterState.SENT], tally[LetterState.FAILED]) == (28, 1)
    assert tally[LetterState.DEFERRED] == 1
    assert len(set(smtp_server.recipients())) == len(smtp_server.recipients()) == 28
    assert 4 <= smtp_server.sessions <= 6
    queued(30)
    smtp_server.sessions = 0
    assert drain() == 1
    assert smtp_server.sessions == 1, "one letter needs one connection"


def test_several_connections_keep_to_the_limit_and_stop_between_letters(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "OUTBOX_CONNECTIONS", 3)
    for number in range(12):
        queued(number)
    stop = threading.Event()
    smtp_server.delay = 0.05
    asked = iter(range(6))
    deliver_due(stopping=lambda: next(asked, None) is None or stop.is_set())
    assert len(smtp_server.received) < 12
    assert queries.counts()[LetterState.SENDING] == 0, "what was in hand was brought to an end"
    monkeypatch.setitem(app.config, "OUTBOX_PER_MINUTE", len(smtp_server.received) + 2)
    deliver_due()
    assert len(smtp_server.received) == app.config["OUTBOX_PER_MINUTE"]


def test_a_server_that_wants_fewer_connections_puts_nothing_off(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "OUTBOX_CONNECTIONS", 3)
    for number in range(6):
        queued(number)
    smtp_server.delay = 0.02
    connect, lock = Courier.connect, threading.Lock()

    def one_at_a_time(courier: Courier) -> str | None:
        with lock:
            return "421 4.7.0 too many connections" if smtp_server.sessions else connect(courier)

    monkeypatch.setattr(Courier, "connect", one_at_a_time)
    assert drain() == 6
    assert queries.counts()[LetterState.DEFERRED] == 0


def test_what_several_connections_ask_meanwhile_is_written_together(app: Flask) -> None:
    for number in range(12):
        queued(number)

    def asked_by(count: int) -> tuple[int, list[ledger.Claimed]]:
        with ledger.opened() as book, ThreadPoolExecutor(count) as pool:
            clerk = Clerk(book)
            first = [book.step() for _ in range(count)]
            done = [(one, Outcome(LetterState.SENT)) for one in first if one is not None]
            asking = [pool.submit(clerk.step, one) for one in done]
            while clerk._asked.qsize() < count:
                time.sleep(0.001)
            for _ in range(count):
                clerk.leave()
            with counted_statements() as seen:
                clerk.serve(count)
            given = [one.result() for one in asking]
            for one in given:
                book.step((one, Outcome(LetterState.SENT)), claim=False)
            return len(seen), given

    few, given = asked_by(2)
    many, more = asked_by(4)
    assert few == many, "the statements do not grow with the connections"
    assert len({one.row.id for one in given + more}) == 6, "each got a letter of its own"
    assert queries.counts()[LetterState.SENT] == 12


def test_a_short_database_outage_repeats_no_letter_of_several_connections(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "OUTBOX_CONNECTIONS", 4)
    smtp_server.delay = 0.01
    for number in range(12):
        queued(number)
    real, failures = ledger.Ledger._settle, [1, 2, 3]

    def flaky(self: ledger.Ledger, *arguments: object) -> None:
        if failures:
            failures.pop()
            raise sa.exc.OperationalError("x", {}, Exception("away"))
        real(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger.Ledger, "_settle", flaky)
    monkeypatch.setattr("coordinator.outbox.delivery.time.sleep", lambda _seconds: None)
    assert drain() == 12
    assert sorted(smtp_server.recipients()) == sorted(set(smtp_server.recipients()))
    assert queries.counts()[LetterState.SENT] == 12


def test_a_fault_in_the_book_ends_the_run_of_all_connections(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "OUTBOX_CONNECTIONS", 3)
    for number in range(6):
        queued(number)

    def broken(*_arguments: object) -> None:
        raise LookupError("no such thing")

    monkeypatch.setattr(ledger.Ledger, "_settle", broken)
    with pytest.raises(LookupError):
        deliver_due()
    assert len(smtp_server.received) <= 3


def test_signs_in_a_servers_words_that_nobody_sees_are_left_out(
    app: Flask, smtp_server: SmtpServer
) -> None:
    smtp_server.plan("kisi1@kurulus.example", "data", "550 5.7.1 no\x00 \x1b[31mthanks")
    row = queued(1)
    assert deliver_due() == {LetterState.FAILED: 1}
    db.session.refresh(row)
    assert row.reason == "550 5.7.1 no [31mthanks"
