"""Text with separators (CSV): which letters and which separator, and cells that are no formulas."""

import codecs
import csv
import io
import re
from typing import Any

import chardet

from coordinator.registry.importing.reading.columns import field_of

DELIMITERS = ";,\t|"
_TRIGGERS = "=+\\-@\t\r\n＝＋－＠"
_DANGEROUS = re.compile(f"'*[{_TRIGGERS}]")
_DEFUSED = re.compile(f"'+[{_TRIGGERS}]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_WRITINGS = ("cp1254", "cp857", "mac_turkish")
"""How Turkish was written before Unicode; ISO-8859-9 is part of the first."""
_TURKISH = frozenset("çğıöşüÇĞİÖŞÜâîûÂÎÛ")
_SIGNS = frozenset("‘’“”–—…•€°º«»\u00a0")


class TooMuch(ValueError):
    """There are more rows than are read."""


class CellTooLong(ValueError):
    """A cell is longer than any honest one."""


class NotText(ValueError):
    """The bytes are text in no known way of writing."""


def decoded(content: bytes) -> str:
    """Return the text: by its byte order mark, as UTF-8, or as it looks most like Turkish."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                break
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    best = max(_WRITINGS, key=lambda encoding: _likely(content[: 1 << 16], encoding))
    guess = str(chardet.detect(content[: 1 << 16]).get("encoding") or best)
    if _likely(content[: 1 << 16], guess) > _likely(content[: 1 << 16], best):
        best = guess
    text = content.decode(best, errors="replace")
    if "\x00" in text or "\ufffd" in text:
        raise NotText
    return text


def _likely(sample: bytes, encoding: str) -> int:
    """Return how much a text looks like Turkish if its letters were written in this way."""
    try:
        text = sample.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return -len(sample)
    strange = [letter for letter in text if not letter.isascii() and letter not in _SIGNS]
    turkish = sum(letter in _TURKISH for letter in strange)
    return 2 * turkish - len(strange)


def delimiter_of(text: str) -> str:
    """Return the separator under which one of the first lines shows most headings.

    Where no heading is known, the one that occurs most often in the first filled line.
    """
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:20]
    scores = {
        delimiter: max((_known_headings(line, delimiter) for line in lines), default=0)
        for delimiter in DELIMITERS
    }
    best = max(DELIMITERS, key=lambda one: scores[one])
    if scores[best] > 1 or not lines:
        return best
    return max(DELIMITERS, key=lines[0].count)


def _known_headings(line: str, delimiter: str) -> int:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return 0
    return sum(1 for cell in cells if field_of(cell))


def rows_of(content: bytes, most_rows: int) -> list[list[Any]]:
    """Return [number, cells] of the filled lines; a cell that was defused gets its own text back.

    Raises TooMuch, CellTooLong, NotText.
    """
    text = decoded(content)
    rows: list[list[Any]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                rows.append([number, [restored(cell) for cell in cells]])
            if len(rows) > most_rows:
                raise TooMuch
    except csv.Error as error:
        raise CellTooLong from error
    return rows


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def restored(cell: str) -> str:
    """Return the text that `defused` was given."""
    return cell[1:] if _DEFUSED.match(cell) else cell
