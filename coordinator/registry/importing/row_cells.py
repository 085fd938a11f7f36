"""The cells of one row by what their columns hold, and the faults found in them."""

from collections.abc import Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator.registry.importing.cells import Cell, Problem
from coordinator.registry.importing.columns import Column, Layout
from coordinator.registry.importing.reading import MOST_NOTES, NOTES, Reading
from coordinator.wording import TCKN_REFUSED


class RowCells:
    """One row under a layout; what is read from it goes into `reading`."""

    def __init__(self, row: int, cells: Sequence[Any], layout: Layout) -> None:
        self.layout = layout
        self.reading = Reading(row)
        self._cells = cells
        self._by_column: dict[Column, list[int]] = {}
        for index, column in layout.mapping.items():
            self._by_column.setdefault(column, []).append(index)

    def all(self, column: Column) -> list[Cell]:
        """Return the cells of the columns that hold this, with a fault for each refused one."""
        found = []
        for index in self._by_column.get(column, ()):
            cell = Cell(self._cells[index] if index < len(self._cells) else "", self.ours)
            if cell.is_refused:
                self.problem(column, TCKN_REFUSED, grave=True)
            found.append(cell)
        return found

    def one(self, column: Column) -> Cell:
        """Return the cell of a column that stands once; an empty one if there is none."""
        found = self.all(column)
        return found[0] if found else Cell("")

    def text(self, column: Column, most: int) -> str:
        """Return a short text of a cell; what is too long goes into the notes."""
        cell = self.one(column)
        text = cell.text
        if cell.is_number:
            self.number(column, text)
        if len(text) > most:
            self.too_long(column, text, most)
            return ""
        return text

    @property
    def ours(self) -> bool:
        """Was the row exported by Paydaş, so that it is taken word for word?"""
        return bool(self.reading.code)

    def problem(
        self,
        column: Column,
        message: LazyString | str,
        grave: bool = False,
        question: str = "",
    ) -> None:
        heading = self.layout.heading(column)
        self.reading.problems.append(Problem(self.reading.row, heading, message, grave, question))

    def number(self, column: Column, text: str) -> None:
        self.problem(
            column,
            _l("A number stands where text was expected. It was read as %(text)s.", text=text),
        )

    def too_long(self, column: Column, text: str, most: int) -> None:
        """Say that a text is too long; it goes into the notes if it fits there."""
        size = len(text)
        if column in NOTES and size <= MOST_NOTES - 200:
            self.reading.note(column, text)
            message = _l(
                "The text has %(size)s characters, %(most)s fit. It is kept in the notes.",
                size=size,
                most=most,
            )
        else:
            message = _l(
                "The text has %(size)s characters, %(most)s fit. It is left out.",
                size=size,
                most=most,
            )
        self.problem(column, message, grave=True)

    def kept(self, column: Column, text: str, message: LazyString | str) -> None:
        """Say what is wrong with a text and keep it in the notes."""
        self.problem(column, message)
        if len(text) <= MOST_NOTES - 200:
            self.reading.note(column, text)

    def corrected(self, column: Column, text: str) -> None:
        self.reading.corrections.append((column.word, text))
