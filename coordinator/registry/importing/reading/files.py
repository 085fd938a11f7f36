"""Reads an uploaded list into sheets of cells, or says in a sentence why it cannot be read."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator.errors import RuleBroken
from coordinator.registry.importing.reading import cleaning, delimited
from coordinator.registry.importing.reading.sheets import Sheet
from coordinator.registry.importing.reading.workbook_process import MOST_COLUMNS, MOST_ROWS
from coordinator.wording import one_line

MOST_BYTES = 10 * 1024 * 1024
SECONDS = 12
READER = Path(__file__).with_name("workbook_process.py")

KINDS = {"xlsx": "Excel (XLSX)", "xls": "Excel (XLS)", "ods": "OpenDocument (ODS)", "csv": "CSV"}
_NOT_TAKEN = (
    (b"%PDF", _l("This is a PDF. Open the list in Excel and save it as XLSX.")),
    (b"\x89PNG", _l("This is a picture. Choose an Excel, ODS or CSV file.")),
    (b"\xff\xd8\xff", _l("This is a picture. Choose an Excel, ODS or CSV file.")),
    (b"GIF8", _l("This is a picture. Choose an Excel, ODS or CSV file.")),
    (b"Rar!", _l("This is a packed archive. Unpack it and choose the list itself.")),
    (b"7z\xbc\xaf", _l("This is a packed archive. Unpack it and choose the list itself.")),
    (b"\x1f\x8b", _l("This is a packed archive. Unpack it and choose the list itself.")),
    (b"{\\rtf", _l("This is a text document. Copy its table into Excel and save it as XLSX.")),
)
_WEB_PAGE = _l("This is a web page with the name of a list. Open it in Excel and save it as XLSX.")
_REFUSALS = {
    "damaged": _l("The file is damaged or cut short. Open it in Excel, save it anew, try again."),
    "bomb": _l("Unpacked, this file would be far too large. Copy the list into a new workbook."),
    "encrypted": _l("The file is protected with a password. Take the password off and try again."),
    "macros": _l("The file holds macros, which are not taken. Save it as XLSX without macros."),
    "not_workbook": _l("This is not a list Paydaş can read. Choose an Excel, ODS or CSV file."),
    "empty": _l("The file is empty. Choose the file that holds the list."),
    "no_rows": _l("No filled rows were found on the visible sheets of this file."),
    "too_large": _l("The file is larger than 10 MB. Split the list and load it in parts."),
    "slow": _l("Reading the file took too long. Copy the list into a new workbook and try again."),
    "oversized": _l(
        "The list is too long: at most %(rows)s rows and %(columns)s columns are read. Delete what "
        "stands far below or beside the list, or split it.",
        rows=f"{MOST_ROWS:,}".replace(",", "."),
        columns=MOST_COLUMNS,
    ),
    "too_long_cell": _l("A cell of this file holds more text than can be read. Shorten it."),
}


class Unreadable(RuleBroken):
    """The file cannot be read as a list."""

    status = 422

    def __init__(self, message: LazyString | str) -> None:
        super().__init__(message, field="file")


def read_file(filename: str, content: bytes) -> list[Sheet]:
    """Return the visible sheets of a list that hold something. Raises Unreadable."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise refused("empty")
    if len(content) > MOST_BYTES:
        raise refused("too_large")
    kind = kind_of(content)
    extension = filename.rpartition(".")[2].lower()
    if extension in {"xlsm", "xlsb", "xltm", "xlam"}:
        raise refused("macros")
    _check_name(extension, kind)
    found = _text_sheets(content) if kind == "csv" else _workbook_sheets(content)
    names = cleaning.names(one["name"] for one in found)
    sheets = [
        Sheet(name, _kept(one["rows"]), one["oversized"])
        for name, one in zip(names, found, strict=True)
    ]
    sheets = [sheet for sheet in sheets if sheet.rows or sheet.oversized]
    if not sheets:
        raise refused("no_rows")
    if all(sheet.oversized for sheet in sheets):
        raise refused("oversized")
    return sheets


def refused(code: str) -> Unreadable:
    return Unreadable(_REFUSALS[code])


def kind_of(content: bytes) -> str:
    """Return xlsx, ods, xls or csv by the content itself. Raises Unreadable for anything else."""
    for mark, message in _NOT_TAKEN:
        if content.startswith(mark):
            raise Unreadable(message)
    if content.startswith(b"PK"):
        return "ods" if b"opendocument" in content[:200] else "xlsx"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise refused("encrypted")
        if "_VBA_PROJECT".encode("utf-16-le") in content:
            raise refused("macros")
        return "xls"
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")) or b"<html" in start:
        raise Unreadable(_WEB_PAGE)
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused("not_workbook")
    return "csv"


def _check_name(extension: str, kind: str) -> None:
    expected = {"txt": "csv", "tsv": "csv"}.get(extension, extension)
    if expected == kind:
        return
    if expected in KINDS:
        raise Unreadable(
            _l(
                "The name ends in .%(extension)s, but the content is %(kind)s. Save the list anew "
                "in Excel as XLSX and try again.",
                extension=extension,
                kind=KINDS[kind],
            )
            if kind != "csv"
            else _l(
                "The name ends in .%(extension)s, but this is no workbook. Save the list anew in "
                "Excel as XLSX and try again.",
                extension=extension,
            )
        )
    raise refused("not_workbook")


def _text_sheets(content: bytes) -> list[dict[str, Any]]:
    try:
        rows = delimited.rows_of(content, most_rows=MOST_ROWS + 20)
    except delimited.TooMuch:
        raise refused("oversized") from None
    except delimited.CellTooLong:
        raise refused("too_long_cell") from None
    except delimited.NotText:
        raise refused("not_workbook") from None
    wide = any(len(cells) > MOST_COLUMNS for _number, cells in rows)
    return [{"name": "", "rows": [] if wide else rows, "oversized": wide}]


def _workbook_sheets(content: bytes) -> list[dict[str, Any]]:
    try:
        done = subprocess.run(  # noqa: S603  (our own script, no shell, nothing of the file's)
            [sys.executable, "-I", str(READER)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refused("slow") from None
    if done.returncode != 0:
        raise refused("damaged")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise refused(answer["refused"])
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def _kept(rows: list[list[Any]]) -> list[list[Any]]:
    """Return the rows with clean cells; a national identity number is not kept anywhere."""
    return [[number, [cleaning.clean(cell) for cell in cells]] for number, cells in rows]


def shown_name(filename: str) -> str:
    """Return a file's name as it is kept and shown: one line, no folders, no identity number."""
    name = one_line(filename).replace("\\", "/").rpartition("/")[2][-200:]
    return "…" if cleaning.names_somebody(name) or not name else name
