"""The table as a file. Names that staff typed are text there, never formulas."""

import csv
import io
from collections.abc import Iterator

import xlsxwriter
from flask_babel import gettext as _

from coordinator import clock
from coordinator.coverage.queries import Coverage
from coordinator.registry.importing.reading.delimited import defused

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def as_file(kind: str, coverage: Coverage) -> bytes:
    """Return the table as xlsx or csv."""
    return _workbook(coverage) if kind == "xlsx" else _text(coverage)


def filename(kind: str) -> str:
    """Return a name that says what and of which day."""
    return f"kapsam-{clock.today().isoformat()}.{kind}"


def lines_of(coverage: Coverage) -> Iterator[list[str | int]]:
    """Yield the heading, a line for each district, and one for all of them."""
    names: list[str | int] = [area.name or _("No field of work") for area in coverage.columns]
    yield [_("District"), _("Organisations"), *names]
    for district in coverage.rows:
        cells = [coverage.at(district, area) for area in coverage.columns]
        yield [district.name or _("No district"), district.total, *cells]
    yield [_("All districts"), coverage.total, *(area.total for area in coverage.columns)]


def _text(coverage: Coverage) -> bytes:
    """Return CSV as Turkish Excel opens it by double click."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for cells in lines_of(coverage):
        writer.writerow([defused(one) if isinstance(one, str) else one for one in cells])
    return written.getvalue().encode("utf-8-sig")


def _workbook(coverage: Coverage) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet(_("Coverage"))
    bold = book.add_format({"bold": True})
    heading = book.add_format({"bold": True, "bottom": 2, "rotation": 90, "text_wrap": True})
    lines = list(lines_of(coverage))
    for row, cells in enumerate(lines):
        for place, value in enumerate(cells):
            edge = bold if place < 2 or row == len(lines) - 1 else None
            if isinstance(value, str):
                sheet.write_string(row, place, value, heading if not row and place else bold)
            else:
                sheet.write_number(row, place, value, edge)
    last, wide = len(lines) - 2, len(lines[0]) - 1
    sheet.conditional_format(
        1, 2, last, wide, {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#B892DA"}
    )
    sheet.set_row(0, 150)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, wide, 6)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    book.close()
    return written.getvalue()
