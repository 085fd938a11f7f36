"""Small forms of `python -m tests.chaos`, which kills, freezes and stops for minutes."""

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.outbox import operations
from tests.chaos.others import phase
from tests.chaos.sink import PHASES, FaultySink
from tests.chaos.workers import Chaos, Plan, Result
from tests.outbox.letters import letter


def test_a_fault_at_any_step_loses_no_letter(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MAIL_SERVER", "MAIL_PORT", "MAIL_TIMEOUT"):
        monkeypatch.setitem(app.config, name, "127.0.0.1")  # put back behind the test
    faults = [(step, fault) for step in PHASES for fault in ("4xx", "5xx", "cut")]
    found = [(step, fault, phase(app, step, fault)) for step, fault in faults]
    assert [one for one in found if one[2]] == []


def test_a_run_in_which_nothing_moves_is_no_success(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    operations.queue(letter(1))
    db.session.commit()
    chaos = Chaos(app, FaultySink(1), Plan(1, workers=0, patience=0.1), seed=1)
    monkeypatch.setattr(chaos, "_count", lambda: None)
    result: Result = chaos.run()
    assert not result.holds
    assert "nothing more came of it" in result.told()


@pytest.mark.slow
def test_killed_and_frozen_workers_keep_every_promise(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = FaultySink(3)
    sink.start()
    try:
        settings = {
            "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": sink.port, "MAIL_TIMEOUT": 5,
            "OUTBOX_RETRY_SECONDS": 1, "OUTBOX_LEASE_SECONDS": 2,
        }  # fmt: skip
        for name, value in settings.items():
            monkeypatch.setitem(app.config, name, value)
        for number in range(60):
            operations.queue(letter(number))
        db.session.commit()
        plan = Plan(60, workers=2, kills=1, freezes=1, patience=90)
        result = Chaos(app, sink, plan, seed=3).run()
    finally:
        sink.stop(no_assert=True)
    assert result.holds, result.told()
