"""Letters go out over several connections at once."""

import threading

import pytest
from flask import Flask

from coordinator.outbox import queries
from coordinator.outbox.delivery import Courier, deliver_due, drain
from coordinator.outbox.models import LetterState
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
