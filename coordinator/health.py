"""Is the copy alive, and is it fit for work? For whoever watches it; nothing here is secret."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify

from coordinator import clock, migrating
from coordinator.access import public
from coordinator.extensions import db
from coordinator.inbox import queries as inbox
from coordinator.outbox import queries
from coordinator.outbox.models import LetterState

blueprint = Blueprint("health", __name__)

LATE = timedelta(minutes=15)
SILENT = timedelta(minutes=2)
LEAST_DISK = 100 * 1024 * 1024


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/saglik")
@public
def live() -> Response:
    """The process answers; nothing else is asked."""
    return jsonify(status="ok")


@blueprint.get("/saglik/hazir")
@public
def ready() -> tuple[Response, int]:
    """All that the work needs is there; 503 if something is not."""
    checks: dict[str, dict[str, Any]] = {"database": checked(database)}
    if checks["database"]["status"] == "ok":
        checks["outbox"], checks["worker"] = checked(outbox), checked(worker)
        if current_app.config["INBOX_URL"]:
            checks["mailbox"] = checked(mailbox)
    checks["disk"] = checked(disk)
    failing = any(check["status"] != "ok" for check in checks.values())
    answer = jsonify(status="failing" if failing else "ok", checks=checks)
    return answer, 503 if failing else 200


def checked(check: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what a check says; one that raises is failing, and the log says why."""
    try:
        return {"status": "ok", **check()}
    except Exception:
        db.session.rollback()
        current_app.logger.exception("health check %s failed", check.__name__)
        return {"status": "failing"}


def database() -> dict[str, Any]:
    """The database answers and has the tables of this version."""
    if migrating.is_current():
        return {"kind": db.engine.dialect.name}
    return {"status": "failing", "reason": "not migrated: flask --app wsgi db upgrade"}


def outbox() -> dict[str, Any]:
    """Letters go out: no one's turn has come long ago while nobody delivers anything."""
    counts, overdue = queries.counts(), queries.overdue_since()
    stuck = overdue is not None and clock.now() - overdue > LATE
    tried = queries.last_attempt() if stuck else None
    idle = tried is None or clock.now() - tried > LATE
    waiting = counts[LetterState.QUEUED] + counts[LetterState.DEFERRED]
    return {
        "status": "failing" if stuck and idle else "ok",
        "waiting": waiting,
        "oldest_waiting_seconds": seconds_since(queries.oldest_open()),
        "put_off": counts[LetterState.DEFERRED],
        "failed": counts[LetterState.FAILED],
        "came_back": counts[LetterState.BOUNCED],
        "on_hold": queries.count_held(),
    }


def worker() -> dict[str, Any]:
    """Some worker gave a sign of life lately."""
    seen = queries.last_beat()
    alive = seen is not None and clock.now() - seen < SILENT
    return {
        "status": "ok" if alive else "failing",
        "workers": queries.workers(SILENT),
        "last_seen_seconds": seconds_since(seen),
    }


def mailbox() -> dict[str, Any]:
    """Since when the mailbox cannot be read; its server's fault and not the copy's."""
    row = inbox.unreachable()
    return {"not_read_seconds": seconds_since(row.created_at) if row is not None else None}


def disk() -> dict[str, Any]:
    """The instance folder can be written and is not nearly full."""
    folder = Path(current_app.instance_path)
    probe = folder / ".writable"
    probe.write_bytes(b"")
    probe.unlink(missing_ok=True)
    free = shutil.disk_usage(folder).free
    return {"status": "ok" if free > LEAST_DISK else "failing", "free_mb": free // 1024**2}


def seconds_since(moment: datetime | None) -> int | None:
    return None if moment is None else max(0, int((clock.now() - moment).total_seconds()))
