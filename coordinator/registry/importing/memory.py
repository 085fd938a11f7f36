"""Remembers what the columns of a list held, for the next list with the same headings."""

from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from coordinator.extensions import db
from coordinator.registry.importing.reading import columns
from coordinator.registry.importing.reading.columns import Column, Layout
from coordinator.registry.importing.reading.sheets import Sheet
from coordinator.registry.models import ColumnMemory

FEWEST_HEADINGS = 2
"""One heading is no mark of a list."""


def lay_out(sheet: Sheet, heading_row: int | None = None) -> Layout:
    """Return what the columns of a sheet hold: as remembered, else as guessed."""
    guess = columns.find_layout(sheet, heading_row)
    kept = _mapping_of(guess.headings)
    if kept is None:
        return guess
    return Layout(guess.heading_row, guess.headings, kept)


def remembered(layout: Layout) -> bool:
    """Do the columns stand as somebody chose them for a list with these headings?"""
    return _mapping_of(layout.headings) == layout.mapping


def remember(layout: Layout, sheet: Sheet) -> None:
    """Keep what the columns hold, where somebody chose it otherwise than it is guessed."""
    if len([one for one in layout.headings if one]) < FEWEST_HEADINGS:
        return
    stored = _stored(layout.headings)
    mapping = {str(index): column.value for index, column in layout.mapping.items()}
    if stored is not None:
        stored.mapping = mapping
    elif columns.find_layout(sheet, layout.heading_row).mapping != layout.mapping:
        fingerprint = columns.fingerprint(layout.headings)
        # Two lists with the same headings may be chosen at once; one of the choices is kept.
        with suppress(IntegrityError), db.session.begin_nested():
            db.session.add(ColumnMemory(fingerprint=fingerprint, mapping=mapping))


def _mapping_of(headings: list[str]) -> dict[int, Column] | None:
    stored = _stored(headings)
    if stored is None:
        return None
    known = {column.value for column in Column}
    return {
        int(index): Column(code)
        for index, code in sorted(stored.mapping.items(), key=lambda one: int(one[0]))
        if code in known and int(index) < len(headings)
    }


def _stored(headings: list[str]) -> ColumnMemory | None:
    asked = sa.select(ColumnMemory).where(ColumnMemory.fingerprint == columns.fingerprint(headings))
    return db.session.scalar(asked)
