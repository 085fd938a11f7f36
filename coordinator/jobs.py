"""Work beside requests: what can be done later, who does it, and how it is woken.

A job is a function without arguments that looks into the database for what is due, so that a
job that got lost costs a minute and never a deed. Packages add theirs in `init_app`. Nothing
runs unless a process calls `start`: `python -m wsgi` and the command `worker` do.
"""

import importlib
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import click
import sqlalchemy as sa
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session, SessionTransaction

from coordinator.extensions import db

if TYPE_CHECKING:
    from coordinator.consumer import Engine

BEAT_SECONDS = 20
NUDGES = "nudges"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A function and, where it runs by the clock (Istanbul's is UTC+3), its times in UTC."""

    name: str
    run: Callable[[], object]
    minute: str | None = None
    hour: str = "*"


class Jobs:
    """The jobs of one application and the process's part in doing them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.jobs: dict[str, Job] = {}
        self.at_start: list[Callable[[], object]] = []
        self.at_beat: list[Callable[[], object]] = []
        self.stopping = threading.Event()
        self._engine: Engine | None = None
        self._making = threading.Lock()

    @property
    def engine(self) -> "Engine":
        """The queue, opened when it is first needed.

        Its libraries take as long to load as half of everything else: a page must not wait.
        """
        with self._making:
            if self._engine is None:
                module = importlib.import_module("coordinator.consumer")
                self._engine = cast("Engine", module.Engine(self))
        return self._engine

    def start(self) -> None:
        """Begin to work in threads of this process."""
        self.stopping.clear()
        with self.app.app_context():
            self._each(self.at_start)
        self.engine.start()
        self.beat()

    def stop(self, seconds: float) -> bool:
        """Let running jobs come to an end; return False if one did not within that time."""
        self.stopping.set()
        return self._engine is None or self._engine.stop(seconds)

    def beat(self) -> None:
        """Give a sign of life and replace threads that died."""
        self.engine.mend()
        with self.app.app_context():
            self._each(self.at_beat)

    def _each(self, functions: list[Callable[[], object]]) -> None:
        for function in functions:
            try:
                function()
            except Exception:
                db.session.rollback()
                logger.exception("%s failed", function.__qualname__)


def init_app(app: Flask) -> None:
    app.extensions["jobs"] = Jobs(app)
    app.cli.add_command(worker)


def of(app: Flask) -> Jobs:
    """Return the application's jobs."""
    return cast(Jobs, app.extensions["jobs"])


def add(
    app: Flask,
    name: str,
    run: Callable[[], object],
    *,
    minute: str | None = None,
    hour: str = "*",
) -> None:
    """Add a job; with `minute` ("*", "*/10", "0") it runs by the clock, once however many workers.

    It is called in an application context. A missed time is not made up for: let the job ask
    what is due, not what time it is.
    """
    of(app).jobs[name] = Job(name, run, minute, hour)


def nudge(name: str) -> None:
    """Have the job done soon, by whichever worker is free; trouble is logged, never raised."""
    try:
        of(current_app).engine.put(name)
    except Exception:
        logger.exception("could not nudge %s; the next minute's sweep will do it", name)


def nudge_at(name: str, moment: datetime) -> None:
    """Have the job done at that moment, or earlier if something else wakes it."""
    try:
        of(current_app).engine.put_at(name, moment)
    except Exception:
        logger.exception("could not set the alarm of %s; the next minute's sweep will do", name)


def nudge_after_commit(name: str) -> None:
    """Nudge the job once the session's transaction stands; not at all if it is taken back."""
    db.session().info.setdefault(NUDGES, set()).add(name)


def _committed(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for name in sorted(session.info.pop(NUDGES, set())):
        nudge(name)


def _rolled_back(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop(NUDGES, None)


sa.event.listen(db.session, "after_commit", _committed)
sa.event.listen(db.session, "after_soft_rollback", _rolled_back)


@contextmanager
def asked_to_stop() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C or SIGTERM sets, instead of ending the process in mid-letter."""
    stop = threading.Event()
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    for name in before:
        signal.signal(name, lambda *_: stop.set())
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Deliver letters and do what falls due.

    It works beside the web process. Any number of workers may run, on one machine or several (see
    JOBS_URL). Stop it with Ctrl-C or SIGTERM: it ends the letter in hand first.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("huey").setLevel(logging.WARNING)
    jobs = of(cast(Any, current_app)._get_current_object())
    with asked_to_stop() as stop:
        jobs.start()
        logger.info("worker started")
        while not stop.wait(BEAT_SECONDS):
            jobs.beat()
        clean = jobs.stop(25)
    logger.info("worker stopped" if clean else "worker stopped; a letter in hand will go again")
