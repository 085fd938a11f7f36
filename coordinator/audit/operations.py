"""Write an audit line."""

from typing import Any

from coordinator import turkish
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
