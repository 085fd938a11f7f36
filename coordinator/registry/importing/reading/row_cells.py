"""The cells of one row by what their columns hold, and the faults found in them."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator.registry.importing.reading.cells import Cell, Problem
from coordinator.registry.importing.reading.columns import Column, Layout
from coordinator.registry.importing.reading.readings import MOST_NOTES, NOTES, Reading
from coordinator.wording import TCKN_REFUSED

SHORTENED = _l(
    "The spreadsheet shortened this number, so its last digits are lost. Write the number again."
)
TURNED_INTO_DATE = _l("The spreadsheet turned this number into a date. Write the number again.")
_NONE = Cell("")


class RowCells:
    """One row under a layout; what is read from it goes into `reading`."""

    def __init__(self, row: int, cells: Sequence[Any], layout: Layout) -> None:
        self.layout = layout
        self.reading = Reading(row)
        self._cells = cells
        self._told: set[int] = set()
        self._by_column: dict[Column, list[int]] = {}
        for index, column in layout.mapping.items():
            self._by_column.setdefault(column, []).append(index)

    def all(self, column: Column, among: Iterable[int] | None = None) -> list[Cell]:
        """Return the cells of the columns that hold this, with a fault for each refused one."""
        found = []
        for index in self._by_column.get(column, ()):
            if among is not None and index not in among:
                continue
            raw = self._cells[index] if index < len(self._cells) else ""
            cell = Cell(raw, self.ours, index)
            if cell.is_refused and index not in self._told:
                self._told.add(index)
                self.problem(cell, TCKN_REFUSED, grave=True, lost=True)
            found.append(cell)
        return found

    def one(self, column: Column, among: Iterable[int] | None = None) -> Cell:
        """Return the cell of a column that stands once; an empty one if there is none."""
        found = self.all(column, among)
        return next((cell for cell in found if cell.text), found[0] if found else _NONE)

    def text(self, column: Column, most: int, among: Iterable[int] | None = None) -> str:
        """Return a short text of a cell; what is too long goes into the notes."""
        cell = self.one(column, among)
        text = cell.text
        if cell.is_number:
            self.number(cell, text)
        if len(text) > most:
            self.too_long(column, cell, text, most)
            return ""
        return text

    @property
    def ours(self) -> bool:
        """Was the row exported by Paydaş, so that it is taken word for word?"""
        return bool(self.reading.code)

    def problem(
        self,
        where: Column | Cell,
        message: LazyString | str,
        grave: bool = False,
        question: str = "",
        lost: bool = False,
    ) -> None:
        index = where.index if isinstance(where, Cell) else self._index(where)
        heading = self.layout.title(index) if index is not None else self._word(where)
        row = self.reading.row
        self.reading.problems.append(Problem(row, heading, message, grave, question, index, lost))

    def _index(self, column: Column) -> int | None:
        return next(iter(self._by_column.get(column, ())), None)

    @staticmethod
    def _word(where: Column | Cell) -> str:
        return str(where.word) if isinstance(where, Column) else ""

    def number(self, where: Column | Cell, text: str) -> None:
        self.problem(
            where,
            _l("A number stands where text was expected. It was read as %(text)s.", text=text),
        )

    def too_long(self, column: Column, cell: Cell, text: str, most: int) -> None:
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
        self.problem(cell, message, grave=True, lost=True)

    def kept(
        self, column: Column, cell: Cell, text: str, message: LazyString | str, grave: bool = False
    ) -> None:
        """Say what is wrong with a text and keep it in the notes."""
        if len(text) > MOST_NOTES - 200:
            self.too_long(column, cell, text, MOST_NOTES - 200)
            return
        self.problem(cell, message, grave, lost=True)
        self.reading.note(column, text)

    def spoilt(self, column: Column, cell: Cell) -> bool:
        """Did a spreadsheet spoil the number in a cell? Then that is said, and it is kept."""
        if not cell.is_cut_short and not cell.is_date:
            return False
        message = TURNED_INTO_DATE if cell.is_date else SHORTENED
        self.kept(column, cell, cell.text, message, grave=True)
        return True

    def corrected(self, column: Column, text: str) -> None:
        self.reading.corrections.append((column.word, text))
