"""Letters go out once, late rather than never, and nobody waits for a bad one."""

import time
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.outbox import ledger, operations, queries
from coordinator.outbox.delivery import deliver_due, drain
from coordinator.outbox.models import LetterState, OutboxLetter, Trouble
from tests.browser import counted_statements
from tests.outbox.letters import fresh, make_due, outcomes, queued
from tests.smtp import CUT, HANG, SmtpServer, refused_port

SENT, DEFERRED, FAILED = LetterState.SENT, LetterState.DEFERRED, LetterState.FAILED


def test_a_letter_goes_out_and_is_written_down(smtp_server: SmtpServer) -> None:
    row = queued()
    assert drain() == 1
    row = fresh(row)
    assert (row.state, row.attempts, row.next_try_at, row.reason) == (SENT, 1, None, None)
    assert row.sent_at is not None
    assert outcomes(row) == [SENT]
    assert drain() == 0
    assert smtp_server.recipients() == ["kisi1@kurulus.example"]


def test_many_letters_share_one_session_in_order(smtp_server: SmtpServer) -> None:
    for number in range(20):
        queued(number)
    assert drain() == 20
    assert smtp_server.recipients() == [f"kisi{n}@kurulus.example" for n in range(20)]
    assert smtp_server.sessions == 1


def test_a_limit_is_kept(smtp_server: SmtpServer) -> None:
    for number in range(5):
        queued(number)
    assert [drain(2), drain(0), drain()] == [2, 0, 3]


def test_what_is_refused_for_good_is_tried_once(smtp_server: SmtpServer) -> None:
    bad, good = queued(1), queued(2)
    smtp_server.plan("kisi1@kurulus.example", "rcpt", "550 5.1.1 no such user")
    assert drain() == 1
    bad = fresh(bad)
    assert (bad.state, bad.attempts, bad.next_try_at) == (FAILED, 1, None)
    assert bad.reason == "550 5.1.1 no such user"
    assert outcomes(bad) == [FAILED]
    assert fresh(good).state is SENT
    assert smtp_server.sessions == 1


@pytest.mark.parametrize("phase", ["rcpt", "data"])
def test_what_is_refused_for_now_is_tried_again_under_the_same_id(
    smtp_server: SmtpServer, phase: str
) -> None:
    row, other = queued(1), queued(2)
    smtp_server.plan("kisi1@kurulus.example", phase, "451 4.3.0 sonra", times=2)
    assert drain() == 1
    first = fresh(row)
    assert (first.state, first.reason) == (DEFERRED, "451 4.3.0 sonra")
    assert first.next_try_at is not None
    assert 55 < (first.next_try_at - clock.now()).total_seconds() <= 60
    assert fresh(other).state is SENT
    make_due(row)
    drain()
    again = fresh(row)
    assert again.next_try_at is not None
    assert 110 < (again.next_try_at - clock.now()).total_seconds() <= 120
    make_due(row)
    assert drain() == 1
    assert outcomes(row) == [DEFERRED, DEFERRED, SENT]
    assert smtp_server.received[-1].message_id == row.message_id


@pytest.mark.in_turn
def test_pauses_grow_and_end_after_four_hours(smtp_server: SmtpServer) -> None:
    row = queued()
    smtp_server.refusing = "450 4.2.0 dolu"
    waited, pauses = timedelta(), []
    while fresh(row).state is not FAILED:
        begun = clock.now()
        drain()
        row = fresh(row)
        if row.next_try_at is not None and row.retry_until is not None:
            pauses.append(round((row.next_try_at - begun).total_seconds() / 60))
            pause = row.next_try_at - begun
            waited += pause
            row.next_try_at = begun
            row.retry_until -= pause
            db.session.commit()
    assert pauses[:6] == [1, 2, 4, 5, 5, 5]
    assert timedelta(hours=3, minutes=58) < waited < timedelta(hours=4, minutes=6)
    assert row.reason == "450 4.2.0 dolu"


@pytest.mark.in_turn
def test_short_pauses_do_not_shorten_the_four_hours(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "OUTBOX_RETRY_SECONDS", 1)
    row = queued()
    smtp_server.refusing = "450 4.2.0 dolu"
    begun = clock.now()
    drain()
    row = fresh(row)
    assert row.retry_until is not None
    assert row.retry_until - begun >= timedelta(hours=4)


def test_a_cut_before_the_answer_repeats_under_the_same_id(smtp_server: SmtpServer) -> None:
    row, other = queued(1), queued(2)
    smtp_server.plan("kisi1@kurulus.example", "answer", CUT, times=1)
    drain()
    assert fresh(row).state is DEFERRED
    assert fresh(row).reason_words.startswith("Posta sunucusu bağlantıyı kesti.")
    assert fresh(other).state is SENT
    make_due(row)
    drain()
    ids = [r.message_id for r in smtp_server.received if r.recipient == row.to_address]
    assert ids == [row.message_id, row.message_id]


def test_a_silent_server_is_left_after_the_time_limit(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_TIMEOUT", 0.3)
    row, other = queued(1), queued(2)
    smtp_server.plan("kisi1@kurulus.example", "rcpt", HANG, times=1)
    begun = time.monotonic()
    assert drain() == 1
    assert time.monotonic() - begun < 5
    assert (fresh(row).state, fresh(other).state) == (DEFERRED, SENT)
    assert (fresh(row).reason or "").startswith(Trouble.SILENT.value)


def test_a_server_that_ends_sessions_costs_no_letter_a_try(smtp_server: SmtpServer) -> None:
    rows = [queued(number) for number in range(4)]
    smtp_server.plan(rows[2].to_address, "rcpt", CUT, times=1)
    assert drain() == 4
    assert [outcomes(row) for row in rows] == [[SENT]] * 4
    assert smtp_server.sessions == 2


def test_an_absent_server_puts_all_off_without_trying_each(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [queued(number) for number in range(30)]
    monkeypatch.setitem(app.config, "MAIL_SERVER", "127.0.0.1")
    monkeypatch.setitem(app.config, "MAIL_PORT", refused_port())
    assert deliver_due() == {DEFERRED: 30}
    assert {fresh(row).state for row in rows} == {DEFERRED}
    assert fresh(rows[0]).reason_words.startswith("Posta sunucusuna ulaşılamadı.")
    assert outcomes(rows[7]) == [DEFERRED]
    assert deliver_due() == {}, "nobody knocks again before the pause is over"
    for row in rows[:2]:
        fresh(row).retry_until = clock.now() - timedelta(seconds=1)
        db.session.commit()
    make_due(*rows)
    assert deliver_due() == {DEFERRED: 28, FAILED: 2}
    assert [fresh(row).state for row in rows[:3]] == [FAILED, FAILED, DEFERRED]
    assert fresh(rows[0]).next_try_at is None


def test_a_letter_in_dead_hands_goes_again_after_its_lease(smtp_server: SmtpServer) -> None:
    row = queued()
    with ledger.opened() as book:
        assert book.step() is not None
    assert fresh(row).state is LetterState.SENDING
    assert drain() == 0, "its lease still runs"
    make_due(row)
    assert drain() == 1
    assert outcomes(row) == [DEFERRED, SENT]
    assert fresh(row).tries[0].reason == Trouble.UNKNOWN.value
    assert smtp_server.received[0].message_id == row.message_id


def test_letters_that_no_server_takes_are_put_off_at_once_and_are_no_tries(
    app: Flask, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "OUTBOX_PER_MINUTE", 5)
    statements = []
    for number in range(10):
        queued(number)
        if number in (2, 9):
            db.session.execute(sa.update(OutboxLetter).values(next_try_at=clock.now()))
            db.session.commit()
            with counted_statements() as seen, ledger.opened() as book:
                put_off = book.put_off(Trouble.UNREACHABLE.because("refused"))
            statements.append(len(seen))
            assert put_off == {DEFERRED: number + 1}
    assert statements[0] == statements[1]
    rows = db.session.scalars(sa.select(OutboxLetter).order_by(OutboxLetter.id)).all()
    assert [outcomes(row) for row in rows] == [[DEFERRED] * 2] * 3 + [[DEFERRED]] * 7
    assert rows[0].tries[0].reason_words.startswith("Posta sunucusuna ulaşılamadı")
    make_due(*rows)
    assert drain() == 5, "the limit counts letters that a server was given"


def test_resend_queues_again_under_the_same_id(smtp_server: SmtpServer) -> None:
    row = queued()
    smtp_server.plan(row.to_address, "rcpt", "550 yok", times=1)
    drain()
    operations.resend(fresh(row), COMMAND)
    db.session.commit()
    assert fresh(row).state is LetterState.QUEUED
    assert drain() == 1
    assert smtp_server.received[0].message_id == row.message_id
    actions = db.session.scalars(sa.select(AuditLine.action)).all()
    assert actions == ["letter.resent"]
    with pytest.raises(operations.LetterOnItsWay):
        operations.resend(fresh(row), COMMAND)


def test_called_back_letters_do_not_go(smtp_server: SmtpServer) -> None:
    first, second = queued(1), queued(2)
    assert operations.cancel([first]) == {first.id}
    db.session.commit()
    assert drain() == 1
    assert smtp_server.recipients() == [second.to_address]
    assert operations.cancel([fresh(second)]) == set()


def test_counts_name_every_state(smtp_server: SmtpServer) -> None:
    queued(1)
    drain()
    queued(2)
    assert {state.value: number for state, number in queries.counts().items()} == {
        "queued": 1, "sending": 0, "sent": 1, "deferred": 0, "failed": 0, "bounced": 0,
        "cancelled": 0,
    }  # fmt: skip


def test_a_short_database_outage_repeats_no_letter(
    smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = queued()
    real, failures = ledger.Ledger._settle, [1]

    def flaky(self: ledger.Ledger, *arguments: object) -> None:
        if failures:
            failures.pop()
            raise sa.exc.OperationalError("x", {}, Exception("away"))
        real(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger.Ledger, "_settle", flaky)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    assert drain() == 1
    assert fresh(row).state is SENT
    assert len(smtp_server.received) == 1
