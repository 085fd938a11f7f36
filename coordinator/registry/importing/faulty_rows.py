"""The faulty rows of a list as a file: the cells under their headings, and the reasons behind them.

The file can be corrected in a spreadsheet and loaded again; the column of reasons is passed over.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import PurePath

import xlsxwriter
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from coordinator.errors import RuleBroken
from coordinator.registry.importing.correcting import Corrections
from coordinator.registry.importing.reading.delimited import defused
from coordinator.registry.importing.reading.readings import Reading

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
MOST_IN_CELL = 32_767
REASONS = _l("To put right")


class TooLongForExcel(RuleBroken):
    """A cell of a workbook holds so much and no more; nothing is cut in silence."""

    def __init__(self, row: int) -> None:
        super().__init__(
            _l("A cell of row %(row)s is too long for Excel. Choose CSV instead.", row=row)
        )


def as_file(kind: str, corrections: Corrections) -> bytes:
    """Return the faulty rows as xlsx or csv. Raises TooLongForExcel."""
    headings = [*corrections.layout.headings, str(REASONS)]
    rows = [(reading.row, [*texts, _reasons(reading)]) for reading, texts in corrections.faulty()]
    return _workbook(headings, rows) if kind == "xlsx" else _text(headings, rows)


def _reasons(reading: Reading) -> str:
    return "\n".join(
        gettext("Row %(row)s, %(column)s: %(message)s", row=one.row, column=one.column,
                message=one.message)
        for one in reading.problems if one.lost
    )  # fmt: skip


def _text(headings: list[str], rows: Iterable[tuple[int, list[str]]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for cells in (headings, *(cells for _row, cells in rows)):
        writer.writerow([defused(cell) for cell in cells])
    return written.getvalue().encode("utf-8-sig")


def _workbook(headings: list[str], rows: Iterable[tuple[int, list[str]]]) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet(gettext("To put right"))
    bold = book.add_format({"bold": True, "bottom": 2})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, len(headings) - 2, 24)
    sheet.set_column(len(headings) - 1, len(headings) - 1, 70)
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
    for line, (row, cells) in enumerate(rows, 1):
        for place, text in enumerate(cells):
            if len(text) > MOST_IN_CELL:
                raise TooLongForExcel(row)
            if text:
                sheet.write_string(line, place, text, wrapped)
    sheet.freeze_panes(1, 1)
    book.close()
    return written.getvalue()


def filename(kind: str, source: str) -> str:
    """Return a name that says of which list the rows are."""
    return f"{PurePath(source).stem[:60] or 'liste'}-duzeltilecek.{kind}"
