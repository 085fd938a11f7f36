"""What belongs to an organisation in packages above: rows that go along when two are merged.

The registry knows nothing of meetings or proposals. Whoever keeps rows for an organisation says
so here; merging moves them, and an import that something was built on is not undone.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app
from flask_babel import LazyString
from sqlalchemy.orm import InstrumentedAttribute

from coordinator.extensions import db


@dataclass(frozen=True)
class Belonging:
    """Rows that name an organisation in `column`.

    Where an organisation has a row only once per something (one invitation per meeting),
    `once_per` names those columns. When both of two merged organisations have one, the row of
    which `stronger` is greater (an answer that was given) goes to the record that stays, and the
    other remains, readable, with the record that was merged.
    """

    label: LazyString
    """What the rows are, in the plural, as it stands in a sentence: "Invitations"."""
    column: InstrumentedAttribute[Any] | sa.Column[Any]
    once_per: tuple[sa.ColumnElement[Any] | InstrumentedAttribute[Any], ...] = ()
    stronger: sa.ColumnElement[Any] | None = None
    hinders_undo: bool = True
    """Does a row say that somebody went on working with the organisation?"""

    @property
    def table(self) -> sa.Table:
        table = self.column.table  # type: ignore[union-attr]
        assert isinstance(table, sa.Table)
        return table


def init_app(app: Flask) -> None:
    app.extensions["organization_belongings"] = []
    app.extensions["organization_traces"] = set()


def add(app: Flask, belonging: Belonging) -> None:
    """Say that rows of a package belong to organisations."""
    app.extensions["organization_belongings"].append(belonging)


def add_trace(app: Flask, table: str) -> None:
    """Say that a table's rows tell of organisations and vanish with them, hindering nothing.

    The foreign keys must cascade. What such a row did to the records themselves is seen there.
    """
    app.extensions["organization_traces"].add(table)


def traces() -> set[str]:
    """Return the tables whose rows vanish with an organisation."""
    found: set[str] = current_app.extensions["organization_traces"]
    return found


def known() -> list[Belonging]:
    """Return what packages said, in their order."""
    found: list[Belonging] = current_app.extensions["organization_belongings"]
    return found


def counts(organization_ids: list[int]) -> dict[int, list[tuple[Belonging, int]]]:
    """Return for each organisation how many rows of each kind it has, in a statement per kind."""
    found: dict[int, list[tuple[Belonging, int]]] = {number: [] for number in organization_ids}
    for one in known():
        for start in range(0, len(organization_ids), 5000):
            chunk = organization_ids[start : start + 5000]
            counted = (
                sa.select(one.column, sa.func.count())
                .where(one.column.in_(chunk))
                .group_by(one.column)
            )
            for number, count in db.session.execute(counted):
                found[number].append((one, count))
    return found
