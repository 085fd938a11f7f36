"""What a row of the first page says."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator import clock


@dataclass(frozen=True)
class Row:
    """Something to do: a shape, a sentence, why, and the button that leads there."""

    shape: str
    tone: str
    title: str
    text: Any
    url: str
    button: str


@dataclass(frozen=True)
class Dated:
    """Something that comes: the day, what, and a short note."""

    on: date
    title: str
    url: str
    note: str


def days_left(day: date) -> str:
    """Return "today", "tomorrow" or "3 days left"."""
    left = (day - clock.today()).days
    if left == 0:
        return _("today")
    if left == 1:
        return _("tomorrow")
    return ngettext("%(num)s day left", "%(num)s days left", left)
