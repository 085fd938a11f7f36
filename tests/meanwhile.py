"""Two people at the same moment: the second begins while the first is in the middle of a deed."""

from collections.abc import Callable
from threading import Thread
from time import monotonic
from types import ModuleType

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.errors import RuleBroken
from coordinator.extensions import db

WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
A_MOMENT = 0.15
"""How long SQLite's second writer is given to come to the door, which nobody can see."""
LONG = 10


class Meanwhile:
    """Somebody else's deed in a thread and transaction of its own; `refusal` is the rule's."""

    def __init__(self, app: Flask, deed: Callable[[], object]) -> None:
        self.refusal: RuleBroken | None = None
        self.result: object = None
        self._fault: Exception | None = None
        self._app, self._deed = app, deed
        self._thread = Thread(target=self._run)

    def begin(self) -> None:
        """Let it go on until it waits for us, or is done."""
        self._thread.start()
        if db.engine.dialect.name == "sqlite":
            self._thread.join(A_MOMENT)
            return
        late = monotonic() + LONG
        with db.engine.connect() as connection:
            while self._thread.is_alive() and monotonic() < late:
                if connection.scalar(WAITING):
                    return
                connection.rollback()
                self._thread.join(0.01)

    def end(self) -> None:
        """Commit what we did, and wait for the other one; a fault there is one of the test."""
        db.session.commit()
        self._thread.join(LONG)
        assert not self._thread.is_alive()
        db.session.expire_all()
        if self._fault is not None:
            raise self._fault

    def _run(self) -> None:
        with self._app.app_context():
            try:
                self.result = self._deed()
                db.session.commit()
            except RuleBroken as refusal:
                self.refusal = refusal
            except Exception as fault:  # told to the test's own thread
                self._fault = fault
            finally:
                db.session.remove()


def before(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, other: Meanwhile
) -> None:
    """Let the other one begin where our deed first calls `name` of the module."""
    real = getattr(module, name)

    def begun(*args: object, **more: object) -> object:
        monkeypatch.setattr(module, name, real)
        other.begin()
        return real(*args, **more)

    monkeypatch.setattr(module, name, begun)
