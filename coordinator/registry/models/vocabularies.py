"""The lists by which organisations are described: districts, fields of work, target groups."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from coordinator.database import Model
from coordinator.records import Record, Versioned, sorted_text


class District(Record, Model):
    """A district of the city; which ones there are is data, not code."""

    __tablename__ = "district"

    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    aliases: Mapped[str] = mapped_column(sa.String(200), default="")
    sort_key: Mapped[str] = mapped_column(sorted_text(80), index=True)


class Term(Versioned, Record):
    """An entry of a list that the branch keeps: renamed, moved, merged, retired, never deleted."""

    code: Mapped[str] = mapped_column(sa.String(30), unique=True)
    name_tr: Mapped[str] = mapped_column(sa.String(100))
    name_en: Mapped[str] = mapped_column(sa.String(100))
    order_no: Mapped[int]
    retired: Mapped[bool] = mapped_column(default=False)
    """No longer offered; organisations described by it keep it."""

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_tr

    @declared_attr
    def merged_into_id(cls) -> Mapped[int | None]:  # noqa: N805
        """The entry that took its place; its own names go on being understood in lists."""
        return mapped_column(sa.ForeignKey(f"{cls.__tablename__}.id"))  # type: ignore[attr-defined]

    @property
    def title(self) -> str:
        return self.name_tr


class WorkArea(Term, Model):
    """A field of work, as the branch names it."""

    __tablename__ = "work_area"


class TargetGroup(Term, Model):
    """Whom organisations work for, as the branch names it."""

    __tablename__ = "target_group"
