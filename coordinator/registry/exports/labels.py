"""Address labels on A4 sheets, as they are bought in shops."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from coordinator import printing
from coordinator.errors import RuleBroken
from coordinator.institution import queries as institution
from coordinator.registry.exports.lines import loaded
from coordinator.registry.models import Organization

TEMPLATE = Path(__file__).parent.parent / "print" / "labels.typ"
MOST = 5_000


@dataclass(frozen=True)
class Sheet:
    """A sheet of labels; sizes in millimetres."""

    name: LazyString
    columns: int
    rows: int
    width: float
    height: float
    margin_x: float
    margin_y: float

    @property
    def places(self) -> int:
        return self.columns * self.rows


SHEETS: dict[str, Sheet] = {
    "24": Sheet(_l("24 labels of 70 × 37 mm"), 3, 8, 70, 37, 0, 0.5),
    "21": Sheet(_l("21 labels of 70 × 42.3 mm"), 3, 7, 70, 42.3, 0, 0.45),
    "16": Sheet(_l("16 labels of 105 × 37 mm"), 2, 8, 105, 37, 0, 0.5),
    "14": Sheet(_l("14 labels of 99.1 × 38.1 mm"), 2, 7, 99.1, 38.1, 5.9, 15.1),
}


class NoAddresses(RuleBroken):
    """Nothing can be printed."""

    message = _l("None of these organisations has a postal address.")


class TooManyLabels(RuleBroken):
    """A list has an end."""

    message = _l("At most 5,000 labels are made at once. Choose fewer organisations.")


@dataclass(frozen=True)
class Labels:
    """The sheets as PDF, and how many organisations stand on none for want of an address."""

    pdf: bytes
    count: int
    without_address: int


def labels(organizations: sa.Select[Organization], sheet: str, first: int = 1) -> Labels:
    """Return a label for each organisation with an address, from the `first` place on the sheet.

    Raises NoAddresses, TooManyLabels, NotPrintable.
    """
    form = SHEETS[sheet]
    branch = institution.current()
    city = branch.city if branch else ""
    made: list[dict[str, Any]] = []
    without = 0
    for one in loaded(organizations):
        if one.address.strip():
            made.append(_label(one, city))
        else:
            without += 1
        if len(made) > MOST:
            raise TooManyLabels
    if not made:
        raise NoAddresses
    data = {
        "title": gettext("Address labels"),
        "sheet": {
            "columns": form.columns, "width": form.width, "height": form.height,
            "margin_x": form.margin_x, "margin_y": form.margin_y,
        },
        "skipped": min(max(first, 1), form.places) - 1,
        "labels": made,
    }  # fmt: skip
    return Labels(printing.pdf(TEMPLATE, data), len(made), without)


def _label(one: Organization, city: str) -> dict[str, Any]:
    """Return the lines of a label: the name, for whose attention, the address and the place."""
    people = one.active_contacts
    attention = gettext("For the attention of %(name)s", name=people[0].full_name) if people else ""
    address = [line.strip() for line in one.address.splitlines() if line.strip()]
    district = one.district.name if one.district else ""
    if not (district and address and district in address[-1]):
        address += filter(None, [" / ".join(filter(None, [district, city]))])
    return {"name": one.name, "person": attention, "address": address}
