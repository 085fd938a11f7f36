"""The audit line."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.database import Model
from coordinator.records import Record


class AuditLine(Record, Model):
    """One deed. `subject` is a table's name, `subject_id` the row; details hold no secrets."""

    __tablename__ = "audit_line"

    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(sa.String(200))
    via: Mapped[str] = mapped_column(sa.String(20))
    action: Mapped[str] = mapped_column(sa.String(60))
    subject: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int | None]
    subject_name: Mapped[str] = mapped_column(sa.String(300))
    details: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    search_key: Mapped[str] = mapped_column(sa.String(600), default="")

    __table_args__ = (sa.Index(None, "subject", "subject_id"),)
