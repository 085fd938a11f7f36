"""Finds the heading row of a sheet and what each column holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator import turkish
from coordinator.registry.importing import vocabulary
from coordinator.registry.importing.sheets import Sheet
from coordinator.states import Shown

LOOKED_AT = 20


class Column(Shown):
    """What a column of a list may hold."""

    NAME = "name", _l("Organisation’s name")
    SHORT_NAME = "short_name", _l("Short name")
    KIND = "kind", _l("Kind")
    REGISTRY_NO = "registry_no", _l("Register number")
    DISTRICT = "district", _l("District")
    AREAS = "areas", _l("Fields of work")
    PERSON = "person", _l("Contact person")
    POSITION = "position", _l("Contact person’s position")
    EMAIL = "email", _l("E-mail")
    PHONE = "phone", _l("Phone")
    ORG_EMAIL = "org_email", _l("Organisation’s own e-mail")
    ORG_PHONE = "org_phone", _l("Organisation’s own phone")
    CONTACT_EMAIL = "contact_email", _l("Contact person’s e-mail")
    CONTACT_PHONE = "contact_phone", _l("Contact person’s phone")
    LANGUAGE = "language", _l("Language of letters")
    CHANNEL = "channel", _l("Reached by")
    WEBSITE = "website", _l("Website")
    ADDRESS = "address", _l("Address")
    FOUNDED = "founded_year", _l("Founded in")
    STATUS = "status", _l("Status")
    NOTES = "notes", _l("Notes")
    UNREADABLE = "unreadable_email", _l("Unreadable e-mail address")
    CODE = "code", _l("Paydaş code")


MANY = {Column.AREAS, Column.NOTES, Column.EMAIL, Column.PHONE, Column.ADDRESS}
"""What several columns of one list may hold together (TELEFON-1, TELEFON-2)."""

_VAGUE = {"adi", "ad", "isim", "name"}
"""Headings that name the organisation unless another column does; then they name the person."""


@dataclass(frozen=True)
class Layout:
    """Where the headings of a sheet stand, and which column holds what."""

    heading_row: int
    headings: list[str]
    mapping: dict[int, Column] = field(default_factory=dict)

    @property
    def has_name(self) -> bool:
        return Column.NAME in self.mapping.values()

    def heading(self, *columns: Column) -> str:
        """Return the heading, as the file has it, of the first of these columns it has."""
        for index, column in self.mapping.items():
            if column in columns:
                return self.headings[index] or letter_of(index)
        return str(columns[0].word)


def field_of(heading: Any) -> Column | None:
    """Return what a column under this heading holds, if that is known."""
    if not isinstance(heading, str) or not heading or len(heading) > 80:
        return None
    folded = folded_heading(heading)
    known = vocabulary.meanings("heading")
    code = known.get(folded) or known.get(re.sub(r" \d+$", "", folded))
    return Column(code) if code else None


def _known(cell: Any) -> Column | None:
    vague = isinstance(cell, str) and folded_heading(cell) in _VAGUE
    return Column.NAME if vague else field_of(cell)


def folded_heading(heading: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", turkish.search_key(heading)).split())


def letter_of(index: int) -> str:
    """Return the letters under which people know a column: 0 is A, 27 is AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def find_layout(sheet: Sheet, heading_row: int | None = None) -> Layout:
    """Return the best guess for a sheet; `heading_row` names the row where somebody told it."""
    first = [row for row in sheet.rows if row[0] <= LOOKED_AT] or sheet.rows[:1]
    if heading_row is not None:
        cells: list[Any] = next((row[1] for row in sheet.rows if row[0] == heading_row), [])
        return _layout(heading_row, cells, sheet)
    best = max(first, key=lambda row: (_score(row[1]), -row[0]))
    if not _score(best[1]):
        best = max(first, key=lambda row: (_texts(row[1]), -row[0]))
    return _layout(best[0], best[1], sheet)


def _score(cells: Sequence[Any]) -> int:
    found = {_known(cell) for cell in cells} - {None}
    if len(found) < 2 and not (Column.NAME in found and _texts(cells) == 1):
        return 0
    return 2 * len(found) + (Column.NAME in found)


def _texts(cells: Sequence[Any]) -> int:
    return sum(1 for cell in cells if isinstance(cell, str) and cell)


def _layout(number: int, cells: Sequence[Any], sheet: Sheet) -> Layout:
    width = max((len(row[1]) for row in sheet.rows), default=0)
    headings = [str(cell) if isinstance(cell, (str, int, float)) else "" for cell in cells]
    headings += [""] * (width - len(headings))
    mapping: dict[int, Column] = {}
    for index, heading in enumerate(headings):
        column = field_of(heading)
        if column and (column in MANY or column not in mapping.values()):
            mapping[index] = column
    for index, heading in enumerate(headings):
        if folded_heading(heading) in _VAGUE:
            free = (c for c in (Column.NAME, Column.PERSON) if c not in mapping.values())
            column = next(free, None)
            if column:
                mapping[index] = column
    return Layout(number, headings, dict(sorted(mapping.items())))


def chosen(layout: Layout, wanted: Mapping[int, str]) -> Layout:
    """Return the layout with the columns as somebody chose them; "" means: leave it out."""
    mapping = {index: Column(code) for index, code in sorted(wanted.items()) if code}
    return Layout(layout.heading_row, layout.headings, mapping)


def doubled(layout: Layout) -> list[Column]:
    """Return what stands in several columns although only one may hold it."""
    columns = list(layout.mapping.values())
    return [c for c in Column if c not in MANY and columns.count(c) > 1]
