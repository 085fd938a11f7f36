"""Rows of an organisation that go along when its record is merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from coordinator.duplicates.journal import Journal
from coordinator.extensions import db
from coordinator.registry import belongings
from coordinator.registry.belongings import Belonging


@dataclass(frozen=True)
class Row:
    """A row by its key; `place` is what an organisation has only once, None where that is open."""

    key: dict[str, Any]
    place: tuple[Any, ...] | None
    strength: Any


def move_belongings(journal: Journal, kept_id: int, other_id: int) -> None:
    """Move what packages declared; where both have a row, the stronger one goes to the kept."""
    for belonging in belongings.known():
        theirs = rows(belonging, other_id)
        if not theirs:
            continue
        ours = {row.place: row for row in rows(belonging, kept_id) if row.place is not None}
        column = column_of(belonging)
        free = [row.key for row in theirs if row.place not in ours]
        journal.move(column, free, other_id, kept_id)
        for row in theirs:
            clash = ours.get(row.place) if row.place is not None else None
            if clash is not None and _rank(row) > _rank(clash):
                journal.swap(column, clash.key, row.key, kept_id, other_id)


def clashes(kept_id: int, other_id: int) -> list[tuple[Belonging, int]]:
    """Return of which belongings both records have a row for the same thing, and how many."""
    found = []
    for belonging in belongings.known():
        if belonging.once_per:
            ours = {row.place for row in rows(belonging, kept_id)} - {None}
            both = ours & {row.place for row in rows(belonging, other_id)}
            if both:
                found.append((belonging, len(both)))
    return found


def rows(belonging: Belonging, organization_id: int) -> Sequence[Row]:
    """Return the rows of an organisation, in one statement."""
    column = column_of(belonging)
    keys = [one for one in belonging.table.primary_key if one.name != column.name]
    asked = sa.select(*keys, *_others(belonging)).where(column == organization_id).order_by(*keys)
    found = []
    for values in db.session.execute(asked):
        key = {one.name: value for one, value in zip(keys, values, strict=False)}
        place, strength = tuple(values[len(keys) : -1]), values[-1]
        is_open = not belonging.once_per or None in place
        found.append(Row(key, None if is_open else place, strength))
    return found


def column_of(belonging: Belonging) -> sa.Column[Any]:
    """Return the column of the table, whichever way it was declared."""
    return belonging.table.c[str(belonging.column.name)]


def _others(belonging: Belonging) -> list[Any]:
    strength = sa.literal(0) if belonging.stronger is None else belonging.stronger
    return [
        *(one.label(f"place_{number}") for number, one in enumerate(belonging.once_per)),
        strength.label("strength"),
    ]


def _rank(row: Row) -> tuple[bool, Any]:
    return row.strength is not None, row.strength or 0
