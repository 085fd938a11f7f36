"""Everything in one process, as `make run` starts it."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coordinator import create_app
from coordinator.extensions import db
from coordinator.outbox import queries
from coordinator.outbox.models import LetterState, OutboxLetter
from tests.conftest import test_settings
from tests.outbox.letters import queued
from tests.processes import FLASK, SERVE, fetch, free_port, run, running, until

pytestmark = pytest.mark.slow


class Copy:
    """A copy of the application on this machine, with a folder and a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.env = {**kept, "INSTANCE_PATH": str(folder), "PORT": str(self.port)}

    @contextmanager
    def started(self) -> Iterator[subprocess.Popen[str]]:
        with running(SERVE, self.env) as process:
            until(lambda: fetch(f"{self.base}/saglik")[0] == 200, 40)
            yield process

    def stop(self, process: subprocess.Popen[str], how: signal.Signals) -> float:
        """Stop the process, and return how long it took."""
        asked = time.monotonic()
        process.send_signal(how)
        assert process.wait(20) == 0
        return time.monotonic() - asked


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "instance")


def test_it_serves_delivers_stops_and_goes_on(copy: Copy) -> None:
    with copy.started() as process:
        until(lambda: fetch(f"{copy.base}/saglik/hazir")[0] == 200)
        assert fetch(f"{copy.base}/kur")[0] == 200
        app = create_app(test_settings(f"sqlite:///{copy.folder}/paydas.sqlite", copy.folder))
        with app.app_context():
            queued(subject="Yerel mektup")
        until(lambda: "Yerel mektup" in fetch(f"{copy.base}/yerel-posta/")[1], 15)
        assert copy.stop(process, signal.SIGTERM) < 8
        told = process.stdout.read() if process.stdout else ""
    assert f"Paydaş is at {copy.base}" in told
    assert "/kur" in told
    assert "/yerel-posta" in told
    assert told.endswith("Stopped.\n")
    with app.app_context():
        row = queued(2, subject="Sonraki mektup")
        row.state = LetterState.SENDING  # as a killed process leaves it
        db.session.commit()
    with copy.started() as process:
        until(lambda: "Sonraki mektup" in fetch(f"{copy.base}/yerel-posta/")[1], 15)
        assert "Yerel mektup" in fetch(f"{copy.base}/yerel-posta/")[1]
        assert copy.stop(process, signal.SIGINT) < 8
    with app.app_context():
        assert queries.counts()[LetterState.SENT] == 2
        tries = [len(letter.tries) for letter in db.session.scalars(db.select(OutboxLetter))]
        assert sorted(tries) == [1, 2]


def test_ctrl_c_stops_it_in_the_background_too(copy: Copy) -> None:
    """A shell starts what it puts in the background with SIGINT ignored."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with copy.started() as process:
            assert copy.stop(process, signal.SIGINT) < 8
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_busy_port_is_told_in_a_sentence(copy: Copy) -> None:
    with copy.started():
        second = run(SERVE, copy.env)
    assert second.returncode == 1
    assert second.stdout == ""
    assert second.stderr.strip() == (
        f"Port {copy.port} is in use. Another copy may be running; "
        f"choose another: PORT={copy.port + 1}"
    )


def test_wrong_settings_end_the_start_with_every_fault(copy: Copy) -> None:
    ended = run(SERVE, {**copy.env, "MAIL_SERVER": "m.bel.tr", "JOBS_URL": "x"})
    assert ended.returncode == 1
    assert ended.stderr.count("\n  - ") == 2
    assert not copy.folder.exists()


def test_at_scale_a_missing_database_is_told_and_not_made(copy: Copy) -> None:
    gunicorn = (SERVE[0], "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{copy.port}")
    with running(gunicorn, copy.env):
        until(lambda: fetch(f"{copy.base}/saglik")[0] == 200, 40)
        status, body = fetch(f"{copy.base}/saglik/hazir")
        assert status == 503
        assert json.loads(body)["checks"]["database"]["status"] == "failing"
    status = run((*FLASK, "outbox", "status", "--json"), copy.env)
    assert status.returncode != 0
    assert status.stdout == ""
    assert "there is no database" in status.stderr
    assert not (copy.folder / "paydas.sqlite").exists()
