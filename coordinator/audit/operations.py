"""Write an audit line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from coordinator import clock, turkish
from coordinator.actors import Actor
from coordinator.audit.models import AuditLine
from coordinator.extensions import db


def record(action: str, subject: Any, actor: Actor, **details: Any) -> None:
    """Write down that `actor` did `action` ("organization.edited") to a stored record.

    Details must be plain JSON values. The line stands or falls with the deed's transaction.
    """
    if subject is not None and subject.id is None:
        db.session.flush()
    name = next(
        (str(value) for field in ("title", "name", "full_name", "filename", "subject")
         if (value := getattr(subject, field, None))),
        "",
    )  # fmt: skip
    db.session.add(
        AuditLine(
            actor_id=actor.user_id,
            actor_name=actor.name[:200],
            via=actor.via,
            action=action,
            subject=subject.__tablename__ if subject is not None else "",
            subject_id=subject.id if subject is not None else None,
            subject_name=name[:300],
            details=details,
            search_key=turkish.search_key(f"{actor.name} {name}")[:600],
        )
    )


@dataclass(frozen=True)
class Deed:
    """One of many deeds on rows of one table."""

    action: str
    subject_id: int | None
    name: str
    details: dict[str, Any]


def record_all(subject: str, deeds: Iterable[Deed], actor: Actor) -> None:
    """Write down many deeds on stored rows of the table `subject` with one statement."""
    moment = clock.now()
    rows = [
        {
            "actor_id": actor.user_id,
            "actor_name": actor.name[:200],
            "via": actor.via,
            "action": deed.action,
            "subject": subject,
            "subject_id": deed.subject_id,
            "subject_name": deed.name[:300],
            "details": deed.details,
            "search_key": turkish.search_key(f"{actor.name} {deed.name}")[:600],
            "created_at": moment,
            "updated_at": moment,
        }
        for deed in deeds
    ]
    if rows:
        db.session.connection().execute(sa.insert(cast(sa.Table, AuditLine.__table__)), rows)
