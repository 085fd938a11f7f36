"""Days and years as lists write them, spreadsheets' day numbers among them."""

import re
from datetime import date, timedelta

from coordinator.registry.importing.reading.cells import Cell

FIRST_DAY = date(1899, 12, 30)
"""The day that a spreadsheet counts from."""
_SERIAL = range(1_000, 80_000)
_DAY = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})(?: \d\d[.:]\d\d)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


def year_of(cell: Cell) -> int | None:
    """Return the one year that a cell names; 36526 is a spreadsheet's number for a day of 2000."""
    text = cell.digits
    years = _YEAR.findall(text)
    if len(years) == 1:
        return int(years[0])
    day = _serial(text)
    return day.year if day and day.year >= 1900 else None


def day_of(cell: Cell) -> date | None:
    """Return the day that a cell names: 12.03.2024, 2024-03-12 or a spreadsheet's number."""
    text = cell.digits
    turkish, iso = _DAY.fullmatch(text), _ISO.fullmatch(text)
    numbers = list(iso.groups()) if iso else list(turkish.groups())[::-1] if turkish else []
    try:
        day = date(*map(int, numbers)) if numbers else _serial(text)
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None


def _serial(text: str) -> date | None:
    whole = re.fullmatch(r"(\d{4,5})(?:[.,]\d+)?", text)
    if not whole or int(whole[1]) not in _SERIAL or _YEAR.fullmatch(whole[1]):
        return None
    return FIRST_DAY + timedelta(days=int(whole[1]))
