"""Public holidays and half days of Türkiye, confirmed or estimated, in the reader's language."""

import re
import sys
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import holidays

LANGUAGES = {"tr": "tr", "en": "en_US"}
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Holiday:
    """A holiday: a half day is the eve of the feast it is named after."""

    name: str
    half_day: bool = False


def _load() -> Any:
    """Return the calendar of Türkiye alone.

    The package of all countries would read 250 of them (0.3 s and 20 MB at the first page that
    needs one), so an empty package of that name stands in for it while this one is read.
    """
    package = "holidays.countries"
    if package in sys.modules:
        return import_module(f"{package}.turkey").Turkey
    stand_in = ModuleType(package)
    stand_in.__path__ = [str(Path(holidays.__file__).parent / "countries")]
    sys.modules[package] = stand_in
    try:
        return import_module(f"{package}.turkey").Turkey
    finally:
        del sys.modules[package]


TURKEY = _load()


@lru_cache(maxsize=64)
def of_year(year: int, language: str) -> dict[date, tuple[Holiday, ...]]:
    """Return the holidays of a year by day; a day may be two at once, as 23 April 2029 is."""
    found: dict[date, tuple[Holiday, ...]] = {}
    for category, half in (("public", False), ("half_day", True)):
        known = TURKEY(years=[year], language=LANGUAGES[language], categories=(category,))
        for day, names in sorted(known.items()):
            clean = [_IN_BRACKETS.sub("", name).replace("'", "’") for name in names.split("; ")]
            found[day] = (*found.get(day, ()), *(Holiday(name, half) for name in clean))
    return found


def on(day: date, language: str) -> tuple[Holiday, ...]:
    """Return the holidays that fall on a day, whole days first."""
    return of_year(day.year, language).get(day, ())
