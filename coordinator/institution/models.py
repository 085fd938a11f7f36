"""The one row that says whose copy this is."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.database import Model
from coordinator.records import Record, Versioned


class Institution(Versioned, Record, Model):
    """The municipality and its branch, as they stand on pages and in letters."""

    __tablename__ = "institution"

    name: Mapped[str] = mapped_column(sa.String(200))
    unit: Mapped[str] = mapped_column(sa.String(200), default="")
    city: Mapped[str] = mapped_column(sa.String(60), default="")
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    website: Mapped[str] = mapped_column(sa.String(200), default="")
    privacy_notice: Mapped[str] = mapped_column(sa.Text, default="")
    help_lines: Mapped[str] = mapped_column(sa.Text, default="")

    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)
