"""Two records of one organisation: merged, or known to be two after all."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.accounts.models import User
from coordinator.database import Model
from coordinator.records import Addressed, Record
from coordinator.registry.models import Organization


class Merge(Addressed, Model):
    """Two records that became one, with all that is needed to take it back."""

    __tablename__ = "merge"

    kept_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE"), index=True
    )
    other_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE"), index=True
    )
    journal: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]

    kept: Mapped[Organization] = relationship(foreign_keys=kept_id)
    other: Mapped[Organization] = relationship(foreign_keys=other_id)
    made_by: Mapped[User | None] = relationship()


class Distinct(Record, Model):
    """Two organisations that look like one; somebody said that they are two."""

    __tablename__ = "distinct_organizations"

    first_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organization.id", ondelete="CASCADE"), index=True
    )

    __table_args__ = (
        sa.UniqueConstraint("first_id", "second_id"),
        sa.CheckConstraint("first_id < second_id", name="first_is_lower"),
    )
