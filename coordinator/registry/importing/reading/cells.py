"""One cell: its text, what kind of cell it was, and what is wrong with it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask_babel import LazyString

from coordinator.registry.importing.reading.sheets import TCKN_CELL
from coordinator.registry.importing.reading.words import folded

_NOTHING = {"", "yok", "na", "bilinmiyor", "bos", "yoktur", "mevcut degil", "none", "nan", "null"}
LONGEST_NOTHING = 14
_DASHES = re.compile(r"^[\s\-–—_.?*/]*$")
_ERRORS = re.compile(
    r"N/A|#(?:N/A|YOK|AD|NAME|REF|BA[ŞS]V|VALUE|DE[ĞG]ER|SAYI|NUM|DIV/0|S[AI]YI/0)[!?]?"
)
_SHORTENED = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_WHOLE = re.compile(r"(\d+)[.,]0+")
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?: \d\d\.\d\d)?|(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell, or with a row where `column` is empty."""

    row: int
    column: str
    message: LazyString | str
    grave: bool = False
    """Somebody should look at it before the list is saved."""
    question: str = ""
    """The question by which the row asks about it, where it does."""
    index: int | None = None
    """The column in which the cell stands, where it stands in one."""
    lost: bool = False
    """What stands in the cell does not become what the column holds; it can be put right."""

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "message": str(self.message)}


@lru_cache(maxsize=2_000)
def _line(written: str, ours: bool) -> str:
    """Return a cell's text in one line; a row's cells are each asked for several times.

    Cells were cleaned when the file was read, so only the spaces are left to do, and the
    apostrophe by which people tell a spreadsheet that a number is text.
    """
    line = " ".join(written.split())
    if ours:
        return line
    if line[:1] in ("'", "’") and not re.search("['’]", line[1:]):
        line = line[1:].lstrip()
    if len(line) > LONGEST_NOTHING:
        return line
    nothing = line.replace(" ", "").isalpha() and folded(line) in _NOTHING
    return "" if nothing or _DASHES.match(line) or _ERRORS.fullmatch(line) else line


@dataclass(frozen=True)
class Cell:
    """A cell as it was read; `ours` marks a row that Paydaş itself exported."""

    raw: Any
    ours: bool = False
    index: int | None = None

    @property
    def is_number(self) -> bool:
        return isinstance(self.raw, (int, float)) and not isinstance(self.raw, bool)

    @property
    def is_formula(self) -> bool:
        return isinstance(self.raw, dict) and "formula" in self.raw

    @property
    def is_refused(self) -> bool:
        return isinstance(self.raw, dict) and self.raw == TCKN_CELL

    @property
    def written(self) -> str:
        """The text of the cell, of several lines where it has them."""
        if isinstance(self.raw, str):
            return self.raw
        if self.is_refused or self.raw is None:
            return ""
        return str(self.raw["formula"]) if self.is_formula else str(self.raw)

    @property
    def text(self) -> str:
        """The text of the cell in one line; nothing where it says that there is nothing."""
        written = self.written
        return _line(written, self.ours) if written else ""

    @property
    def digits(self) -> str:
        """The text of a cell that holds some number: 5.32E+9 and 5320000000.0 as it was typed."""
        text = self.text
        whole = _WHOLE.fullmatch(text)
        if whole and len(whole[1]) > 3:
            return whole[1]
        found = _SHORTENED.fullmatch(text)
        if found and not self.is_cut_short:
            return (found[1] + (found[2] or "")).ljust(int(found[3]) + 1, "0")
        return text

    @property
    def is_cut_short(self) -> bool:
        """Did a spreadsheet write a long number as 5,32E+09, so that digits of it are lost?"""
        found = _SHORTENED.fullmatch(self.text)
        return bool(found and not int(found[3]) - 1 <= len(found[2] or "") <= int(found[3]))

    @property
    def is_date(self) -> bool:
        """Is it a day, as a spreadsheet makes one of numbers with strokes?"""
        return bool(_DATE.fullmatch(self.text))
