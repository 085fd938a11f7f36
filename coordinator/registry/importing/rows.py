"""Reads the rows of one sheet: what each says, what was put right, what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from coordinator.i18n import phone as shown_phone
from coordinator.registry.importing import facts
from coordinator.registry.importing.cells import Cell
from coordinator.registry.importing.columns import Column, Layout
from coordinator.registry.importing.reading import Reading
from coordinator.registry.importing.row_cells import RowCells
from coordinator.registry.importing.words import Areas, Districts, folded

_NUMBER = re.compile(r"=.*|[\d\s.,]+", re.DOTALL)
_TOTALS = {"toplam", "genel toplam", "ara toplam", "total", "grand total", "sum"}


class RowReader:
    """Reads rows under a layout, with the city's districts and the branch's fields of work."""

    def __init__(self, layout: Layout, districts: Districts, areas: Areas) -> None:
        self.layout, self.districts, self.areas = layout, districts, areas

    def read(self, row: int, cells: Sequence[Any], typed: Mapping[str, str]) -> Reading:
        """Return what the row says; `typed` is what somebody wrote in place of its faults."""
        found = RowCells(row, cells, self.layout)
        reading = found.reading
        if self._says_nothing(cells, reading):
            return reading
        reading.code = _code(found.one(Column.CODE).text)
        facts.read_name(found, typed.get("name", ""))
        facts.read_description(found, self.districts)
        facts.read_person(found)
        facts.read_addresses(found, typed.get("email", ""))
        facts.read_phones(found)
        facts.read_areas(found, self.areas)
        facts.read_notes(found)
        reading.shown = self._shown(reading, cells)
        return reading

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
            len(texts) > 1 and [str(cell) for cell in cells] == headings[: len(cells)]
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


def _counts(cell: Cell) -> bool:
    """Is the cell a number or a formula, in a workbook or as text?"""
    return cell.is_number or cell.is_formula or bool(_NUMBER.fullmatch(cell.written))


def _code(text: str) -> str:
    return text if text.isascii() and text.isalnum() and len(text) == 12 else ""
