"""The base of every table: naming, identity, time, versions."""

import secrets
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry

from coordinator import clock

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
ALPHABET = "abcdefghjkmnpqrstvwxyz23456789"


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment: refuses naive values, stores UTC, returns aware UTC on both databases."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The declarative base; constraint names are the same on every database."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcDateTime()},
    )


def sorted_text(length: int) -> sa.String:
    """A column compared byte by byte on both databases, for sort keys and codes."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def coded(enum: type[StrEnum], name: str) -> sa.Enum:
    """A column that holds an enumeration's code, guarded by a named check constraint."""
    return sa.Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=30,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


def new_public_id() -> str:
    """Return twelve characters (58 bits) that nobody guesses or confuses, for an address."""
    number, letters = secrets.randbelow(len(ALPHABET) ** 12), []
    for _ in range(12):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def is_public_id(text: str) -> bool:
    """Does it look like one? What strangers send may hold signs that no database takes."""
    return len(text) == 12 and set(text) <= set(ALPHABET)


class Record:
    """Identity and times that every table has."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=90)
    updated_at: Mapped[datetime] = mapped_column(
        default=clock.now, onupdate=clock.now, sort_order=91
    )


class Addressed(Record):
    """A record with a page of its own: `public_id` stands in its address."""

    public_id: Mapped[str] = mapped_column(
        sa.String(12), unique=True, default=new_public_id, sort_order=-9
    )


class Versioned:
    """A record that people edit: a save against an older version is refused."""

    version: Mapped[int] = mapped_column(default=1, sort_order=92)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}
