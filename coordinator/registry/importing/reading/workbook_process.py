"""Reads one workbook in a process of its own: bytes on standard input, JSON on standard output.

A damaged or hostile workbook can make any parser allocate without end. Here that ends this
process, whose memory and time are bounded, and never the application. It imports nothing of the
application, so that it starts at once. Sizes that the file declares are checked before anything
is unpacked.

The answer is {"sheets": [...]} or {"refused": code}; `files.py` knows the sentence of each code.
"""

import datetime
import io
import json
import re
import resource
import sys
import zipfile
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

import python_calamine

MOST_ROWS, MOST_COLUMNS, LAST_ROW = 50_000, 60, 60_000
MOST_UNPACKED, MOST_ENTRIES, MOST_RATIO = 120_000_000, 2_000, 200
MOST_SHEETS = 40
MEMORY = 600_000_000
SECONDS = 10
_FORMULA = re.compile(rb"<(?:[\w.-]{1,50}:)?f[\s/>]")


class Refused(Exception):
    """The file cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def open_zip(content: bytes) -> zipfile.ZipFile:
    """Return the archive after its declared sizes were found bearable."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        raise Refused("bomb")
    if unpacked > 1_000_000 and unpacked > MOST_RATIO * len(content):
        raise Refused("bomb")
    if unpacked > MOST_UNPACKED:
        raise Refused("oversized" if any(is_endless(archive, one) for one in entries) else "bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted")
    return archive


def is_endless(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Does a sheet of a workbook too large to be unpacked begin with more rows than are read?"""
    if not entry.filename.startswith("xl/worksheets/") or entry.flag_bits & 1:
        return False
    rows = seen = 0
    with archive.open(entry) as stream:
        while rows <= MOST_ROWS and seen < MOST_UNPACKED and (piece := stream.read(1 << 20)):
            rows += piece.count(b"<row")
            seen += len(piece)
    return rows > MOST_ROWS


def check_contents(archive: zipfile.ZipFile) -> str:
    """Return xlsx or ods by what is inside; refuse macros, encryption and anything else."""
    names = {entry.filename for entry in archive.infolist()}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("macros")
    if "xl/workbook.xml" in names:
        types = part(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
        if b"macroEnabled" in types:
            raise Refused("macros")
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        if b"opendocument.spreadsheet" not in part(archive, "mimetype"):
            raise Refused("not_workbook")
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in part(archive, manifest):
            raise Refused("encrypted")
        if any(name.startswith("Basic/") for name in names):
            raise Refused("macros")
        return "ods"
    raise Refused("not_workbook")


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of the archive; one with a document type could hold an entity bomb."""
    content = archive.read(name)
    if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
        raise Refused("damaged")
    return content


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part that holds each visible sheet of an XLSX workbook, by the sheet's name."""
    relations = ElementTree.fromstring(part(archive, "xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {one.get("Id"): str(one.get("Target")) for one in relations}
    book = ElementTree.fromstring(part(archive, "xl/workbook.xml"))  # noqa: S314
    found = {}
    for sheet in (one for one in book.iter() if one.tag.rpartition("}")[2] == "sheet"):
        relation = next((v for k, v in sheet.items() if k.endswith("}id")), None)
        target = targets.get(relation, "")
        if sheet.get("state", "visible") == "visible" and target:
            name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[str(sheet.get("name"))] = name
    return found


class Scan:
    """Walks a sheet's XML before the grid is built: how far it reaches, and its formulas.

    A sheet of two cells may lie 17 billion cells apart, so the far corner is looked at first.
    """

    def __init__(self) -> None:
        self.formulas: dict[tuple[int, int], str] = {}
        self.filled: set[int] = set()
        self.oversized = False
        self.row = self.column = 0
        self.formula: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif tag == "c":
            self.place(attributes.get("r", ""))
        elif tag in {"v", "is", "f"}:
            self.reach()
            if tag == "f":
                self.formula = []

    def place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        if not letters:
            self.column += 1
            return
        self.column = 0
        for letter in letters[:4]:
            self.column = self.column * 26 + ord(letter) - 64
        self.row = int(reference[len(letters) :] or self.row)

    def reach(self) -> None:
        self.filled.add(self.row)
        if len(self.filled) > MOST_ROWS + 50 or self.row > LAST_ROW or self.column > MOST_COLUMNS:
            self.oversized = True
            raise Refused("oversized")

    def text(self, data: str) -> None:
        if self.formula is not None:
            self.formula.append(data)

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "f" and self.formula is not None:
            text = "".join(self.formula)
            if text:
                self.formulas[self.row, self.column] = f"={text}"
            self.formula = None

    @staticmethod
    def no_document_type(*_what: Any) -> None:
        raise Refused("damaged")


def holds_formulas(archive: zipfile.ZipFile, name: str) -> bool:
    """Could the sheet hold a formula? Most hold none, and are walked in half the time."""
    end = b""
    with archive.open(name) as stream:
        while piece := stream.read(1 << 20):
            if _FORMULA.search(end + piece):
                return True
            end = piece[-60:]
    return False


def scan(archive: zipfile.ZipFile, name: str) -> Scan:
    """Return how far a sheet reaches and which formulas it holds."""
    found = Scan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = found.start
    if holds_formulas(archive, name):
        parser.buffer_text = True
        parser.EndElementHandler = found.end
        parser.CharacterDataHandler = found.text
    parser.StartDoctypeDeclHandler = found.no_document_type
    try:
        with archive.open(name) as stream:
            while piece := stream.read(1 << 16):
                parser.Parse(piece)
        parser.Parse(b"", True)
    except Refused as refusal:
        if refusal.code != "oversized":
            raise
    return found


def plain(value: Any) -> Any:
    """Return a cell as JSON can hold it; a day as people write it."""
    if type(value) is str:
        return value
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.strftime("%d.%m.%Y" if midnight else "%d.%m.%Y %H.%M")
    if isinstance(value, datetime.date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return str(value)
    return value


def grid(sheet: Any, formulas: dict[tuple[int, int], str]) -> dict[str, Any]:
    """Return the filled rows of a sheet under the numbers that people see beside them."""
    rows: list[Any] = []
    first_row, first_column = sheet.start or (0, 0)
    if sheet.total_height > LAST_ROW or sheet.width > MOST_COLUMNS:
        return {"rows": [], "oversized": True}
    for offset, values in enumerate(sheet.iter_rows()):
        number = first_row + offset + 1
        cells = [""] * first_column + [plain(value) for value in values]
        rows.append([number, cells])
    by_number = dict(rows)
    for (number, column), text in formulas.items():
        cells = by_number.setdefault(number, [])
        cells.extend([""] * (column - len(cells)))
        if cells[column - 1] in ("", None):
            cells[column - 1] = {"formula": text}
    kept = [[n, by_number[n]] for n in sorted(by_number) if any(c != "" for c in by_number[n])]
    if len(kept) > MOST_ROWS + 20 or any(len(cells) > MOST_COLUMNS for _n, cells in kept):
        return {"rows": [], "oversized": True}
    return {"rows": kept, "oversized": False}


def scans_of(content: bytes) -> dict[str, Scan]:
    """Return a scan of each visible sheet, where the file is a zip of XML."""
    if content[:2] != b"PK":
        return {}
    archive = open_zip(content)
    if check_contents(archive) != "xlsx":
        return {}
    return {name: scan(archive, where) for name, where in sheet_parts(archive).items()}


def read(content: bytes) -> dict[str, Any]:
    """Return the visible sheets of a workbook."""
    scans = scans_of(content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.PasswordError as error:
        raise Refused("encrypted") from error
    visible = [
        one.name
        for one in book.sheets_metadata
        if one.visible == python_calamine.SheetVisibleEnum.Visible
        and one.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    sheets = []
    for name in visible[:MOST_SHEETS]:
        found = scans.get(name, Scan())
        if found.oversized:
            sheets.append({"name": name, "rows": [], "oversized": True})
        else:
            sheets.append({"name": name, **grid(book.get_sheet_by_name(name), found.formulas)})
    return {"sheets": sheets}


def bound() -> None:
    """Bound what this process may take; from here on too much ends it."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, hard))


def main() -> None:
    content = sys.stdin.buffer.read()
    bound()
    try:
        answer = read(content)
    except Refused as refusal:
        answer = {"refused": refusal.code}
    except MemoryError:
        answer = {"refused": "bomb"}
    except Exception:  # whatever a parser stumbles on, the file is what cannot be read
        answer = {"refused": "damaged"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
