"""The lines as a workbook or as CSV: what a spreadsheet shows is text, never a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
import xlsxwriter
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.errors import RuleBroken
from coordinator.registry.exports.lines import COLUMNS, headings, lines_of, loaded
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.importing.reading.delimited import defused
from coordinator.registry.models import Organization

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
MOST_IN_CELL = 32_767
_WIDTHS = {Column.NAME: 44, Column.ADDRESS: 40, Column.NOTES: 50, Column.AREAS: 40}


class TooLongForExcel(RuleBroken):
    """A cell of a workbook holds so much and no more; nothing is cut in silence."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _l("The notes of %(name)s are too long for Excel. Choose CSV instead.", name=name)
        )


def as_file(
    kind: str, organizations: sa.Select[Organization], columns: Sequence[Column] = COLUMNS
) -> bytes:
    """Return the organisations as xlsx or csv in these columns. Raises TooLongForExcel."""
    lines = lines_of(loaded(organizations), columns)
    return _workbook(lines, columns) if kind == "xlsx" else _text(lines, columns)


def _text(lines: Iterable[list[str]], columns: Sequence[Column]) -> bytes:
    """Return CSV as Turkish Excel opens it. Every cell is quoted, so that none ends early."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headings(columns))
    for cells in lines:
        writer.writerow([defused(cell) for cell in cells])
    return written.getvalue().encode("utf-8-sig")


def _workbook(lines: Iterable[list[str]], columns: Sequence[Column]) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet(str(_l("Organisations")))
    bold = book.add_format({"bold": True, "bottom": 2})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(column, 20))
        sheet.write_string(0, place, str(column.word), bold)
    row = 0
    for row, cells in enumerate(lines, 1):
        for place, text in enumerate(cells):
            if len(text) > MOST_IN_CELL:
                raise TooLongForExcel(_named(cells, columns))
            if text:
                sheet.write_string(row, place, text)
    sheet.freeze_panes(1, _frozen(columns))
    sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)
    book.close()
    return written.getvalue()


def _named(cells: list[str], columns: Sequence[Column]) -> str:
    return cells[columns.index(Column.NAME)] if Column.NAME in columns else cells[0][:60]


def _frozen(columns: Sequence[Column]) -> int:
    """Return how many columns stay in sight: those up to the name, where it stands in front."""
    return columns.index(Column.NAME) + 1 if Column.NAME in columns[:2] else 0


def filename(kind: str, what: str = "kuruluslar") -> str:
    """Return a name that says what and of which day."""
    return f"{what}-{clock.today().isoformat()}.{kind}"
