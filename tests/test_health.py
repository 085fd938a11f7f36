"""The health pages tell the truth and no secrets."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock, create_app, health
from coordinator.extensions import db
from coordinator.outbox import working
from coordinator.outbox.models import LetterState, WorkerBeat
from tests.browser import Browser
from tests.conftest import test_settings
from tests.outbox.letters import queued


def answer(browser: Browser, status: int) -> dict[str, dict[str, object]]:
    response = browser.send("GET", "/saglik/hazir")
    assert response.status_code == status, response.get_data(as_text=True)
    checks: dict[str, dict[str, object]] = response.get_json()["checks"]
    return checks


def test_live_answers_without_a_database(browser: Browser) -> None:
    response = browser.send("GET", "/saglik")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})
    assert "Set-Cookie" not in response.headers


def test_ready_when_all_is_well(browser: Browser) -> None:
    working.beat()
    checks = answer(browser, 200)
    assert {name: check["status"] for name, check in checks.items()} == {
        "database": "ok", "outbox": "ok", "worker": "ok", "disk": "ok",
    }  # fmt: skip


def test_without_a_worker_it_is_not_ready(browser: Browser) -> None:
    assert answer(browser, 503)["worker"] == {
        "status": "failing", "workers": 0, "last_seen_seconds": None,
    }  # fmt: skip
    working.beat()
    db.session.execute(sa.update(WorkerBeat).values(updated_at=clock.now() - timedelta(minutes=5)))
    assert answer(browser, 503)["worker"]["status"] == "failing"


def test_letters_that_nobody_takes_are_seen(browser: Browser) -> None:
    working.beat()
    row = queued()
    assert answer(browser, 200)["outbox"]["waiting"] == 1
    row.next_try_at = row.created_at = clock.now() - timedelta(minutes=20)
    outbox = answer(browser, 503)["outbox"]
    assert outbox["status"] == "failing"
    assert 1190 < int(str(outbox["oldest_waiting_seconds"])) < 1300


def test_letters_that_wait_for_their_next_try_are_no_fault(browser: Browser) -> None:
    working.beat()
    row = queued()
    row.state, row.next_try_at = LetterState.DEFERRED, clock.now() + timedelta(minutes=5)
    row.created_at = clock.now() - timedelta(hours=1)
    assert answer(browser, 200)["outbox"]["status"] == "ok"


def test_a_database_of_another_version_is_not_ready(browser: Browser) -> None:
    working.beat()
    db.session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert answer(browser, 503)["database"]["status"] == "failing"


def test_a_full_disk_is_not_ready(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_DISK", 10**18)
    assert answer(browser, 503)["disk"]["status"] == "failing"


def test_a_missing_database_is_told_and_not_made(tmp_path: Path) -> None:
    app = create_app(test_settings(f"sqlite:///{tmp_path}/no.sqlite", tmp_path / "instance"))
    answered = app.test_client().get("/saglik/hazir")
    assert answered.status_code == 503
    assert answered.get_json()["checks"]["database"]["status"] == "failing"
    assert app.test_client().get("/saglik").status_code == 200
    assert not (tmp_path / "no.sqlite").exists()


def test_nothing_secret_is_told(browser: Browser, app: Flask) -> None:
    text = browser.send("GET", "/saglik/hazir").get_data(as_text=True)
    for secret in (app.config["SECRET_KEY"], app.instance_path, str(db.engine.url)):
        assert secret not in text
