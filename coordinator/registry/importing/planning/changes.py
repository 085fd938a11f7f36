"""What an import changes, as people read it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import LazyString, gettext

from coordinator.i18n import phone as shown_phone
from coordinator.i18n import typed as shown_day
from coordinator.states import Shown


@dataclass(frozen=True)
class Change:
    """One thing that a row changes: what, what stood there, what will stand there."""

    what: LazyString | str
    before: str
    after: str


def shown(attribute: str, value: Any) -> str:
    """Return a value of an organisation or a contact as people read it."""
    if not value:
        return ""
    if attribute == "phone":
        return shown_phone(value)
    if isinstance(value, date):
        return shown_day(value)
    if value is True:
        return gettext("yes")
    return str(value.word) if isinstance(value, Shown) else str(value)
