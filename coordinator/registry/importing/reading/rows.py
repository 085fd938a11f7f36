"""Reads the rows of one sheet: what each says, what was put right, what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator.i18n import phone as shown_phone
from coordinator.registry.importing.reading import cleaning, facts, people, words
from coordinator.registry.importing.reading.cells import Cell
from coordinator.registry.importing.reading.columns import OF_PERSON, Column, Layout
from coordinator.registry.importing.reading.readings import Reading
from coordinator.registry.importing.reading.row_cells import RowCells
from coordinator.registry.importing.reading.words import Areas, Districts, Groups, folded

_NUMBER = re.compile(r"=.*|[\d\s.,]+", re.DOTALL)
_TOTALS = {"toplam", "genel toplam", "ara toplam", "total", "grand total", "sum"}
_GOES_ON = {*OF_PERSON, Column.EMAIL, Column.PHONE, Column.NOTES}
"""What a row may tell without naming its organisation once more."""
_REACHES = {*OF_PERSON, Column.EMAIL, Column.PHONE, Column.ORG_EMAIL, Column.ORG_PHONE}
TYPED = "cell_"
"""Before the number of a column under which is kept what somebody typed in place of a cell."""


class RowReader:
    """Reads rows from above to below under a layout, with the words that the city uses."""

    def __init__(self, layout: Layout, districts: Districts, areas: Areas, groups: Groups) -> None:
        self.layout, self.districts, self.areas, self.groups = layout, districts, areas, groups
        self._above: Reading | None = None
        self._above_cells: Sequence[Any] = ()

    def read(self, row: int, cells: Sequence[Any], typed: Mapping[str, str]) -> Reading:
        """Return what the row says; `typed` is what somebody wrote in place of its faults."""
        cells = with_typed(cells, typed)
        found = RowCells(row, cells, self.layout)
        reading = found.reading
        if self._says_nothing(cells, reading):
            return reading
        reading.code = _code(found.one(Column.CODE).text)
        if self._above is not None and self._goes_on(found, cells, typed):
            self._take_over(found, self._above)
        else:
            facts.read_name(found, typed.get("name", ""))
        facts.read_description(found, self.districts)
        self._stay_with(reading)
        people.read_people(found)
        people.read_addresses(found, typed.get("email", ""))
        people.miss_addresses(found)
        people.read_phones(found)
        facts.read_terms(found, self.areas, self.groups)
        facts.read_ties(found)
        facts.read_notes(found)
        reading.shown = self._shown(reading, cells)
        if reading.continues is None:
            self._above, self._above_cells = (reading if reading.name else None), cells
        return reading

    def goes_on(self, cells: Sequence[Any], typed: Mapping[str, str]) -> bool:
        """May the row be about an organisation that a row above it names?"""
        cells = with_typed(cells, typed)
        text = RowCells(0, cells, self.layout).one(Column.NAME).text
        return not typed.get("name") and (not text or words.means_the_same(text))

    def _goes_on(self, found: RowCells, cells: Sequence[Any], typed: Mapping[str, str]) -> bool:
        """Is the row about the organisation above it: a merged cell, or a sign for "as above"?

        Without a sign it tells of another contact and of nothing that another organisation had.
        """
        cell = found.one(Column.NAME)
        if found.ours or typed.get("name") or cell.is_refused:
            return False
        if cell.written.strip() and words.means_the_same(cell.written.strip()):
            return True
        if cell.written.strip():
            return False
        told = False
        for index, raw in enumerate(cells):
            text = Cell(raw).text
            if not text or raw in self._above_cells[index : index + 1]:
                continue
            column = self.layout.mapping.get(index)
            if index in self.layout.numbering or (column and column not in _GOES_ON):
                return False
            told = told or column in _REACHES
        return told

    def _take_over(self, found: RowCells, above: Reading) -> None:
        reading = found.reading
        reading.name, reading.continues = above.name, above.row
        reading.corrections.append((_l("As in row %(row)s", row=above.row), above.name))

    def _stay_with(self, reading: Reading) -> None:
        """Leave to the row above what names the organisation, so that both mean one."""
        if reading.continues is not None and self._above is not None:
            for attribute in ("registry_no", "district_id"):
                above = self._above.values[attribute]
                reading.values[attribute] = reading.values[attribute] or above

    def _says_nothing(self, cells: Sequence[Any], reading: Reading) -> bool:
        """Is this a line of totals, or the headings once more?"""
        filled = [Cell(cell) for cell in cells if cell not in ("", None)]
        texts = [cell.written for cell in filled if not _counts(cell)]
        first = folded(texts[0]) if len(texts) == 1 else ""
        reading.totals = first in _TOTALS or (
            first.startswith("toplam ") and len(filled) > 1 and len(first.split()) < 4
        )
        headings = self.layout.headings
        reading.repeats_headings = (
            len(texts) > 1
            and [" ".join(str(cell).split()) for cell in cells] == (headings[: len(cells)])
        )
        if reading.skipped:
            reading.shown = ", ".join(cell.text for cell in filled)[:200]
        return reading.skipped

    def _shown(self, reading: Reading, cells: Sequence[Any]) -> str:
        """Return the row as people recognise it: where, who, and how they are reached."""
        shown = []
        for index, column in self.layout.mapping.items():
            if column in (Column.DISTRICT, Column.EMAIL, Column.ORG_EMAIL, Column.CONTACT_EMAIL):
                shown.append(Cell(cells[index] if index < len(cells) else "").text)
        if len([text for text in shown if text]) < 2:
            shown += [shown_phone(one) for one in reading.phones]
        return ", ".join(text for text in shown if text)[:300]


def with_typed(cells: Sequence[Any], typed: Mapping[str, str]) -> Sequence[Any]:
    """Return the cells with what somebody typed in place of some of them."""
    written = {
        int(name.removeprefix(TYPED)): text
        for name, text in typed.items()
        if name.startswith(TYPED)
    }
    if not written:
        return cells
    width = max(len(cells), *(index + 1 for index in written))
    changed = [*cells, *[""] * (width - len(cells))]
    for index, text in written.items():
        changed[index] = cleaning.clean(text)
    return changed


def _counts(cell: Cell) -> bool:
    """Is the cell a number or a formula, in a workbook or as text?"""
    return cell.is_number or cell.is_formula or bool(_NUMBER.fullmatch(cell.written))


def _code(text: str) -> str:
    return text if text.isascii() and text.isalnum() and len(text) == 12 else ""
