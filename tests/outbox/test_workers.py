"""The web process and the worker as they run at scale, with a real queue between them."""

import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest
from flask import Flask

import config
from coordinator import create_app
from coordinator.extensions import db
from coordinator.outbox import operations, queries
from tests.outbox.letters import letter
from tests.processes import FLASK, environment, free_port, running, until
from tests.smtp import SmtpServer

pytestmark = pytest.mark.slow
SWEEP = 60
"""Seconds after which a worker looks by itself; sooner means that it was woken."""


@pytest.fixture
def redis_address() -> Iterator[str]:
    """A Redis server of our own, which keeps nothing."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server; install it with: apt-get install redis-server")
    port = str(free_port())
    command = (program, "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


@pytest.fixture
def queue_address(request: pytest.FixtureRequest, app: Flask) -> str:
    """A queue between processes: Redis beside SQLite, the database itself on PostgreSQL."""
    if db.engine.dialect.name == "sqlite":
        return str(request.getfixturevalue("redis_address"))
    return str(app.config["SQLALCHEMY_DATABASE_URI"])


def has_begun() -> bool:
    begun = queries.last_beat() is not None
    db.session.rollback()
    return begun


def test_a_letter_of_one_process_is_delivered_by_another_at_once(
    app: Flask, smtp_server: SmtpServer, queue_address: str
) -> None:
    env = environment(
        app,
        MAIL_SERVER="127.0.0.1",
        MAIL_PORT=str(smtp_server.port),
        MAIL_DEFAULT_SENDER="paydas@belediye.bel.tr",
        JOBS_URL=queue_address,
    )
    with running((*FLASK, "worker"), env) as worker:
        until(has_begun)
        web = create_app(config.from_environment(env))
        with web.app_context():
            operations.queue(letter(1))
            db.session.commit()
            begun = time.monotonic()
            until(lambda: len(smtp_server.received) == 1, seconds=SWEEP / 3)
            assert time.monotonic() - begun < SWEEP / 3
            db.session.remove()
            db.engine.dispose()
        assert worker.poll() is None
