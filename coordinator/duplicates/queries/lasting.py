"""The suspects as they were found last, so that no page waits for a large register.

Each process keeps its own. While somebody reads what was found last, they are sought anew in a
thread beside the requests; it only reads, and what gets lost with it is sought by the next reader.
"""

import logging
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask, current_app

from coordinator.database import reading
from coordinator.duplicates.queries.picture import apart, picture_stamp, take
from coordinator.duplicates.queries.suspicion import Suspect, sought
from coordinator.extensions import db
from coordinator.registry.models import Organization, OrgStatus

SMALL = 3000
"""So many organisations are compared within the time that a page may take."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """What was found, and in which state of the register."""

    stamp: tuple[Any, ...]
    suspects: list[Suspect]


_last: dict[str, Found] = {}
"""By the address of the database."""
_seeking, _beside = Lock(), Lock()


def suspects() -> list[Suspect]:
    """Return the pairs, the most certain first; sought anew when something has changed."""
    with _seeking:
        address, stamp = str(db.engine.url), picture_stamp()
        found = _last.get(address)
        if found is None or found.stamp != stamp:
            found = _last[address] = Found(stamp, sought(take()))
    return found.suspects


def last_suspects() -> list[Suspect]:
    """Return the pairs as they were found last, without those that were settled since.

    What has changed is looked at at once in a small register, and in a large one for the next
    reader. Only who comes before anything was found waits.
    """
    found, stamp = _last.get(str(db.engine.url)), picture_stamp()
    if found is not None and found.stamp == stamp:
        return found.suspects
    if found is None or _size() <= SMALL:
        return suspects()
    _seek_beside()
    return _unsettled(found.suspects)


def look_ahead() -> None:
    """Seek the pairs of a large register before somebody asks; done when a process starts."""
    with reading():
        if _size() > SMALL:
            _seek_beside()


def _size() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Organization)) or 0


def _unsettled(found: list[Suspect]) -> list[Suspect]:
    """Leave out who was merged, taken away or said to be two."""
    known = sa.select(Organization.id).where(Organization.status != OrgStatus.MERGED)
    standing, two = set(db.session.scalars(known)), apart()
    return [
        one
        for one in found
        if one.first in standing and one.second in standing and (one.first, one.second) not in two
    ]


def _seek_beside() -> None:
    """Begin to seek anew, unless that is being done."""
    if _beside.acquire(blocking=False):
        app = cast(Any, current_app)._get_current_object()
        Thread(target=_seek, args=(app,), name="suspects", daemon=True).start()


def _seek(app: Flask) -> None:
    try:
        with app.app_context(), reading():
            suspects()
    except Exception:
        logger.exception("the suspects could not be sought; the next reader will have them sought")
    finally:
        _beside.release()
