"""One cell: its text, what kind of cell it was, and what is wrong with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString

from coordinator import reachability
from coordinator.registry.importing.sheets import TCKN_CELL
from coordinator.registry.importing.words import folded
from coordinator.wording import Unkeepable

_NOTHING = {"", "yok", "na", "bilinmiyor", "bos", "yoktur", "mevcut degil", "none"}
LONGEST_NOTHING = 14
_DASHES = re.compile(r"^[\s\-–—_.?*]*$")
_AT_SIGNS = re.compile(r"[^\s:;,/|<>()\[\]\"']*@[^\s:;,/|<>()\[\]\"']*")
_BETWEEN = re.compile(r"mailto:|[\s:;,/|<>()\[\]\"']+|\bve\b")
_PHONES = re.compile(r"\s*(?:[/;,\n|]|\s-\s|\bveya\b|\bve\b)\s*")


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

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "message": str(self.message)}


@dataclass(frozen=True)
class Cell:
    """A cell as it was read; `ours` marks a row that Paydaş itself exported."""

    raw: Any
    ours: bool = False

    @property
    def is_number(self) -> bool:
        return isinstance(self.raw, (int, float)) and not isinstance(self.raw, bool)

    @property
    def is_formula(self) -> bool:
        return isinstance(self.raw, dict) and "formula" in self.raw

    @property
    def is_refused(self) -> bool:
        return bool(self.raw == TCKN_CELL)

    @property
    def written(self) -> str:
        """The text of the cell, of several lines where it has them."""
        if self.is_refused or self.raw is None:
            return ""
        return str(self.raw["formula"]) if self.is_formula else str(self.raw)

    @property
    def text(self) -> str:
        """The text of the cell in one line; nothing where it says that there is nothing.

        Cells were cleaned when the file was read, so only the spaces are left to do.
        """
        line = " ".join(self.written.split())
        if self.ours or len(line) > LONGEST_NOTHING:
            return line
        nothing = line.replace(" ", "").isalpha() and folded(line) in _NOTHING
        return "" if nothing or _DASHES.match(line) else line


def addresses(cell: Cell) -> tuple[list[str], list[str]]:
    """Return the e-mail addresses of a cell, and what stands there without being one."""
    text = cell.text
    if not text:
        return [], []
    whole = _kept(reachability.email, text)
    if whole:
        return [whole], []
    tokens = _AT_SIGNS.findall(text)
    good = [kept for token in tokens if (kept := _kept(reachability.email, token.strip(".:")))]
    bad = [token for token in tokens if not _kept(reachability.email, token.strip(".:"))]
    rest = _BETWEEN.sub(" ", _AT_SIGNS.sub(" ", text)).strip(" -.:")
    if not good:
        return [], [text]
    if rest:
        bad.append(rest)
    return list(dict.fromkeys(good)), bad


def phones(cell: Cell) -> tuple[list[str], list[str]]:
    """Return the phone numbers of a cell, and what stands there without being one."""
    text = cell.text
    if not text:
        return [], []
    whole = _kept(reachability.phone, text)
    if whole:
        return [whole], []
    good: list[str] = []
    bad: list[str] = []
    for part in filter(None, _PHONES.split(text)):
        kept = _kept(reachability.phone, part)
        (good if kept else bad).append(kept or part)
    return (list(dict.fromkeys(good)), bad) if good else ([], [text])


def website(cell: Cell) -> str | None:
    """Return the web address of a cell; None if what stands there is none."""
    return _kept(reachability.website, cell.text) if cell.text else ""


def _kept(read: Callable[[str], str], text: str) -> str | None:
    try:
        return read(text) or None
    except Unkeepable:
        return None
