"""Cells as they are kept: clean text, plain numbers, and never a national identity number."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from coordinator.registry.importing.reading.sheets import TCKN_CELL
from coordinator.wording import holds_tckn, is_tckn, many_lines, one_line

_WIDE_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_EXPONENT = re.compile(r"(?<![\d.,])(\d[.,]\d{4,}|\d)[eE]\+?(\d{1,2})(?!\d)")
_GROUPED = [
    re.compile(rf"(?<!\d)(?=({pattern})(?!\d))")
    for pattern in (
        r"[1-9]\d\d([ .\-])\d{3}\2\d{3}\2\d\d",
        r"[1-9]\d([ .,])\d{3}\2\d{3}\2\d{3}",
    )
]
"""An identity number as people and spreadsheets group it, also right behind another number."""
_DIGIT = re.compile(r"\d")
_SHORTENED = re.compile(r"\d[eE]\+?\d")
OF_A_PERSON = 11
"""So many digits has an identity number, unless a spreadsheet shortened it."""
_LONGEST = 40
LONGEST_NAME = 80


def clean(cell: Any) -> Any:
    """Return a cell as it is kept; TCKN_CELL in place of one that held an identity number."""
    if isinstance(cell, str):
        if not (cell.isascii() and cell.isprintable()):
            cell = many_lines(cell)
        return TCKN_CELL if len(cell) > 10 and names_somebody(cell) else cell.strip()
    if isinstance(cell, dict):
        text = many_lines(str(cell.get("formula", "")))
        return TCKN_CELL if names_somebody(text) else {"formula": text}
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    if isinstance(cell, (int, float)):
        if names_somebody(str(cell)):
            return TCKN_CELL
        return cell if abs(cell) < 1e300 else str(cell)
    return ""


def names(written: Iterable[str]) -> list[str]:
    """Return the names of sheets as they are shown, each another one."""
    found: list[str] = []
    for name in map(one_line, written):
        shown = "…" if names_somebody(name) else name[:LONGEST_NAME]
        while shown in found:
            shown += "…"
        found.append(shown)
    return found


def names_somebody(text: str) -> bool:
    """Does the text hold a national identity number, however a spreadsheet writes numbers?"""
    if len(_DIGIT.findall(text)) < OF_A_PERSON and not _SHORTENED.search(text):
        return False
    plain = _WIDE_SPACES.sub(" ", text)
    plain = re.sub(r"(?<=\d) *([ .\-/]) *(?=\d)", r"\1", plain)
    if holds_tckn(plain):
        return True
    grouped = (found[1] for pattern in _GROUPED for found in pattern.finditer(plain))
    if any(is_tckn(re.sub(r"\D", "", one)) for one in grouped):
        return True
    return any(holds_tckn(_digits(found)) for found in _EXPONENT.finditer(plain))


def _digits(found: re.Match[str]) -> str:
    try:
        return f"{Decimal(found[1].replace(',', '.')).scaleb(int(found[2])):f}"[:_LONGEST]
    except InvalidOperation:
        return ""
