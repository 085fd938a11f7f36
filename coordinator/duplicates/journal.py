"""What a merge wrote, step by step, so that it can be taken back exactly.

Each step goes through here: it is done and noted at once. Taking back goes through the steps from
the last to the first, and leaves alone whatever somebody has changed since. Letters that a merge
called back stay called back: who wrote them writes anew what is still true.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.records import UtcDateTime
from coordinator.registry.models import Organization
from coordinator.registry.queries.vocabularies import DESCRIBING

Key = Mapping[str, Any]
"""The columns that name a row, without the one that a move changes."""
AT_ONCE = 500
LETTERS = "letter"


class Journal:
    """The steps of a merge in their order, as JSON values."""

    def __init__(self, steps: list[dict[str, Any]] | None = None) -> None:
        self.steps: list[dict[str, Any]] = [] if steps is None else steps

    def move(self, column: sa.Column[Any], keys: Sequence[Key], source: int, target: int) -> None:
        """Let rows that name `source` in the column name `target`."""
        moved = [dict(key) for key in keys if _move(column, [key], source, target)]
        if moved:
            self._note("move", column.table.name, column=column.name, keys=moved,
                       source=source, target=target)  # fmt: skip

    def swap(self, column: sa.Column[Any], first: Key, second: Key, one: int, other: int) -> None:
        """Let the row of `one` name `other` and the row of `other` name `one`."""
        _swap(column, first, second, one, other)
        self._note("swap", column.table.name, column=column.name, first=dict(first),
                   second=dict(second), one=one, other=other)  # fmt: skip

    def change(self, table: sa.Table, key: Key, values: Mapping[str, Any]) -> None:
        """Write values into a row; those that it has already are left out."""
        named = [table.c[name] for name in values]
        found = db.session.execute(sa.select(*named).where(*_named(table, key))).one()
        before = {name: _plain(value) for name, value in zip(values, found, strict=True)}
        after = {name: _plain(value) for name, value in values.items()}
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            db.session.execute(
                sa.update(table)
                .where(*_named(table, key))
                .values({name: values[name] for name in changed})
            )
            self._note("change", table.name, key=dict(key),
                       before={name: before[name] for name in changed},
                       after={name: after[name] for name in changed})  # fmt: skip

    def add(self, table: sa.Table, row: Mapping[str, Any], beside: Sequence[Key] = ()) -> None:
        """Add a row. One of those `beside` it may come to say the same; it is not taken back."""
        done = db.session.execute(sa.insert(table).values(dict(row)))
        names = [column.name for column in table.primary_key]
        key = dict(zip(names, done.inserted_primary_key, strict=True))  # type: ignore[attr-defined]
        self._note("add", table.name, key=key, beside=[dict(one) for one in beside])

    def remove(self, table: sa.Table, key: Key) -> None:
        """Take a row away; it is kept here whole."""
        found = db.session.execute(sa.select(table).where(*_named(table, key))).one()
        row = {name: _plain(value) for name, value in found._mapping.items()}
        db.session.execute(sa.delete(table).where(*_named(table, key)))
        self._note("remove", table.name, row=row)

    def called_back(self, letter_ids: Collection[int]) -> None:
        """Note which letters were called back, so that they can be written anew."""
        if letter_ids:
            keys = [{"id": number} for number in sorted(letter_ids)]
            self._note("call_back", LETTERS, keys=keys)

    def letters_called_back(self) -> list[int]:
        """Return which letters the merge called back; older ones noted a change of each."""
        own = [key["id"] for key in self.rows(LETTERS, "call_back")]
        return own + [
            step["key"]["id"]
            for step in self.steps
            if (step["deed"], step["table"]) == ("change", LETTERS)
        ]

    def take_back(self) -> None:
        """Undo the steps, the last one first."""
        for step in reversed(self.steps):
            if step["table"] == LETTERS:
                continue
            _BACK[step["deed"]](Organization.metadata.tables[step["table"]], step)

    def rows(self, table: str, deed: str = "move") -> list[dict[str, Any]]:
        """Return the keys of the rows of a table that were moved."""
        return [
            key
            for step in self.steps
            if (step["deed"], step["table"]) == (deed, table)
            for key in step["keys"]
        ]

    def _note(self, deed: str, table: str, **more: Any) -> None:
        self.steps.append({"deed": deed, "table": table, **more})


def _move(column: sa.Column[Any], keys: Sequence[Key], source: int, target: int) -> int:
    done = db.session.execute(
        sa.update(column.table)
        .where(sa.or_(*(sa.and_(*_named(column.table, key)) for key in keys)), column == source)
        .values({column.name: target})
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def _swap(column: sa.Column[Any], first: Key, second: Key, one: int, other: int) -> None:
    """Change the places of two rows that may at no moment have the same one."""
    parking = db.session.scalars(
        sa.insert(Organization).values(name="-").returning(Organization.id)
    ).one()
    if not _move(column, [first], one, parking):
        raise LookupError(f"{column}: {first} is not of {one}")
    if not _move(column, [second], other, one):
        raise LookupError(f"{column}: {second} is not of {other}")
    _move(column, [first], parking, other)
    db.session.execute(sa.delete(Organization).where(Organization.id == parking))


def _move_back(table: sa.Table, step: dict[str, Any]) -> None:
    for key in step["keys"]:
        _move(table.c[step["column"]], [key], step["target"], step["source"])


def _swap_back(table: sa.Table, step: dict[str, Any]) -> None:
    column = table.c[step["column"]]
    if _is_of(column, step["first"], step["other"]) and _is_of(column, step["second"], step["one"]):
        _swap(column, step["first"], step["second"], step["other"], step["one"])


def _change_back(table: sa.Table, step: dict[str, Any]) -> None:
    for name, after in step["after"].items():
        column = table.c[name]
        db.session.execute(
            sa.update(table)
            .where(*_named(table, step["key"]), column.is_not_distinct_from(_typed(column, after)))
            .values({name: _typed(column, step["before"][name])})
        )


def _add_back(table: sa.Table, step: dict[str, Any]) -> None:
    key = _standing(table, step["key"])
    if key not in [_standing(table, one) for one in step.get("beside", ())]:
        db.session.execute(sa.delete(table).where(*_named(table, key)))


def _remove_back(table: sa.Table, step: dict[str, Any]) -> None:
    row = {name: _typed(table.c[name], value) for name, value in step["row"].items()}
    row = _standing(table, row)
    key = {column.name: row[column.name] for column in table.primary_key}
    if not db.session.scalar(sa.select(sa.exists().where(*_named(table, key)))):
        db.session.execute(sa.insert(table).values(row))


_BACK = {
    "move": _move_back,
    "swap": _swap_back,
    "change": _change_back,
    "add": _add_back,
    "remove": _remove_back,
}


def _standing(table: sa.Table, key: Key) -> dict[str, Any]:
    """Return a key as it is today: a term that was merged into another is the other now."""
    today = dict(key)
    for kind, (describing, name) in DESCRIBING.items():
        if table is describing:
            term = db.session.get(kind, key[name], populate_existing=True)
            while term is not None and term.merged_into_id is not None:
                term = db.session.get(kind, term.merged_into_id, populate_existing=True)
            today[name] = key[name] if term is None else term.id
    return today


def _is_of(column: sa.Column[Any], key: Key, organization_id: int) -> bool:
    asked = sa.exists().where(*_named(column.table, key), column == organization_id)
    return bool(db.session.scalar(sa.select(asked)))


def _named(table: Any, key: Key) -> list[sa.ColumnElement[bool]]:
    return [table.c[name] == value for name, value in key.items()]


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def _typed(column: sa.Column[Any], value: Any) -> Any:
    """Return a value of JSON as the column takes it."""
    if isinstance(value, str) and isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    return value
