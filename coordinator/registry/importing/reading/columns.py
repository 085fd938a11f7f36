"""Finds the heading row of a sheet and what each column holds."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from coordinator.registry.importing.reading import headings as heading_words
from coordinator.registry.importing.reading import vocabulary
from coordinator.registry.importing.reading.sheets import Sheet
from coordinator.states import Shown

LOOKED_AT = 20
folded_heading = heading_words.folded


class Column(Shown):
    """What a column of a list may hold."""

    NAME = "name", _l("Organisation’s name")
    SHORT_NAME = "short_name", _l("Short name")
    FORMER = "former_names", _l("Former names")
    KIND = "kind", _l("Kind")
    REGISTRY_NO = "registry_no", _l("Register number")
    TAX_NO = "tax_no", _l("Tax or MERSİS number")
    DISTRICT = "district", _l("District")
    AREAS = "areas", _l("Fields of work")
    TARGETS = "targets", _l("Target groups")
    PERSON = "person", _l("Contact person")
    FIRST_NAME = "first_name", _l("Contact person’s first name")
    LAST_NAME = "last_name", _l("Contact person’s surname")
    POSITION = "position", _l("Contact person’s position")
    RELATION = "relation", _l("Kind of representation")
    DEPUTY = "deputy", _l("Deputy")
    SINCE = "active_from", _l("Contact since")
    UNTIL = "active_until", _l("Contact until")
    EMAIL = "email", _l("E-mail")
    PHONE = "phone", _l("Phone")
    ORG_EMAIL = "org_email", _l("Organisation’s own e-mail")
    ORG_PHONE = "org_phone", _l("Organisation’s own phone")
    CONTACT_EMAIL = "contact_email", _l("Contact person’s e-mail")
    CONTACT_PHONE = "contact_phone", _l("Contact person’s phone")
    LANGUAGE = "language", _l("Language of letters")
    CHANNEL = "channel", _l("Reached by")
    WEBSITE = "website", _l("Website")
    KEP = "kep", _l("KEP address")
    ADDRESS = "address", _l("Address")
    FOUNDED = "founded_year", _l("Founded in")
    STATUS = "status", _l("Status")
    PARENT = "parent", _l("Parent organisation")
    UMBRELLAS = "umbrellas", _l("Umbrella organisations")
    PUBLIC_BENEFIT = "public_benefit", _l("Works for the public benefit")
    TAX_EXEMPT = "tax_exempt", _l("Exempt from tax")
    PROTOCOL = "protocol_order", _l("Order of precedence")
    NOTES = "notes", _l("Notes")
    UNREADABLE = "unreadable_email", _l("Unreadable e-mail address")
    CODE = "code", _l("Paydaş code")


OF_PERSON = {
    Column.PERSON, Column.FIRST_NAME, Column.LAST_NAME, Column.POSITION, Column.RELATION,
    Column.DEPUTY, Column.SINCE, Column.UNTIL, Column.CONTACT_EMAIL, Column.CONTACT_PHONE,
    Column.LANGUAGE, Column.CHANNEL,
}  # fmt: skip
"""What is told of a contact; a list may tell it of several in the columns of one row."""

NAMING = {Column.PERSON, Column.FIRST_NAME, Column.LAST_NAME}

MANY = {
    Column.AREAS, Column.TARGETS, Column.UMBRELLAS, Column.FORMER, Column.NOTES, Column.EMAIL,
    Column.PHONE, Column.ADDRESS, *OF_PERSON,
}  # fmt: skip
"""What several columns of one list may hold together (TELEFON-1, TELEFON-2)."""

_VAGUE = {"adi", "ad", "isim", "name"}
"""Headings that name the organisation unless another column does; then they name the person."""
_FIRST = {"adi", "ad", "isim"}


@dataclass(frozen=True)
class Layout:
    """Where the headings of a sheet stand, and which column holds what."""

    heading_row: int
    headings: list[str]
    mapping: dict[int, Column] = field(default_factory=dict)

    @property
    def has_name(self) -> bool:
        return Column.NAME in self.mapping.values()

    def title(self, index: int) -> str:
        """Return a column's heading, or its letter where it has none."""
        heading = self.headings[index] if index < len(self.headings) else ""
        return heading or letter_of(index)

    def heading(self, *columns: Column) -> str:
        """Return the heading, as the file has it, of the first of these columns it has."""
        for index, column in self.mapping.items():
            if column in columns:
                return self.title(index)
        return str(columns[0].word)

    @property
    def numbering(self) -> list[int]:
        """The columns that only number the rows."""
        return [
            index
            for index, heading in enumerate(self.headings)
            if index not in self.mapping and heading_words.meant(heading).numbered
        ]

    @property
    def people(self) -> list[list[int]]:
        """The columns that tell of a contact, for each contact of a row.

        Columns under one role (BAŞKAN, BAŞKAN TELEFON) belong together. Others belong to the
        person named before them, or to the first one.
        """
        roles: dict[str, list[int]] = {}
        found: list[list[int]] = []
        for index, column in self.mapping.items():
            if column not in OF_PERSON:
                continue
            role = heading_words.meant(self.headings[index]).role
            group = roles.get(role) if role else None
            if group is None:
                before = [self.mapping[one] for one in found[-1]] if found else []
                alone = _begins(column, before) or bool(role and roles)
                group = [] if alone else found[-1]
                if alone:
                    found.append(group)
                if role:
                    roles[role] = group
            group.append(index)
        return self._together(found)

    def _together(self, groups: list[list[int]]) -> list[list[int]]:
        """Give what is told of "the contact" to the one that has a name (YETKİLİ TELEFONU)."""
        named = [group for group in groups if self._names(group)]
        if not named:
            return groups[:1]
        others = []
        for group in groups:
            role = heading_words.meant(self.headings[group[0]]).role
            if group in named:
                continue
            if heading_words.is_position(role):
                others.append(group)
            else:
                before = [one for one in named if one[0] < group[0]]
                (before[-1] if before else named[0]).extend(group)
        return named + others

    def _names(self, group: list[int]) -> bool:
        return any(self.mapping[index] in NAMING for index in group)


def _begins(column: Column, before: Sequence[Column]) -> bool:
    """Does a column tell of another person than the columns before it?"""
    if not before:
        return True
    if column is Column.LAST_NAME:
        return Column.LAST_NAME in before
    if column in (Column.PERSON, Column.FIRST_NAME):
        return bool({Column.PERSON, Column.FIRST_NAME} & set(before))
    return False


def field_of(heading: Any) -> Column | None:
    """Return what a column under this heading holds, if that is known."""
    code = heading_words.meant(heading).code
    return Column(code) if code else None


def _known(cell: Any) -> Column | None:
    vague = isinstance(cell, str) and folded_heading(cell) in _VAGUE
    return Column.NAME if vague else field_of(cell)


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
    headings = [
        " ".join(str(cell).split()) if isinstance(cell, (str, int, float)) else "" for cell in cells
    ]
    headings += [""] * (width - len(headings))
    mapping: dict[int, Column] = {}
    for index, heading in enumerate(headings):
        column = field_of(heading)
        if column and (column in MANY or column not in mapping.values()):
            mapping[index] = column
    _place_vague(headings, mapping)
    return Layout(number, headings, dict(sorted(mapping.items())))


def _place_vague(headings: Sequence[str], mapping: dict[int, Column]) -> None:
    """Say what AD means: a first name beside SOYAD, else the organisation, else the person."""
    for index, heading in enumerate(headings):
        folded = folded_heading(heading)
        if folded not in _VAGUE:
            continue
        mapping.pop(index, None)
        beside = {mapping.get(index - 1), mapping.get(index + 1)}
        surnames = [one for one, column in mapping.items() if column is Column.LAST_NAME]
        if folded in _FIRST and surnames and (
            Column.LAST_NAME in beside or Column.FIRST_NAME not in mapping.values()
        ):  # fmt: skip
            mapping[index] = Column.FIRST_NAME
        elif Column.NAME not in mapping.values():
            mapping[index] = Column.NAME
        elif not {Column.PERSON, Column.FIRST_NAME} & set(mapping.values()):
            mapping[index] = Column.PERSON


def chosen(layout: Layout, wanted: Mapping[int, str]) -> Layout:
    """Return the layout with the columns as somebody chose them; "" means: leave it out."""
    mapping = {index: Column(code) for index, code in sorted(wanted.items()) if code}
    return Layout(layout.heading_row, layout.headings, mapping)


def fingerprint(headings: Sequence[str]) -> str:
    """Return what is the same for two lists with the same headings, in whatever letters.

    The column of reasons that Paydaş adds to faulty rows does not count.
    """
    reasons = vocabulary.meanings("reasons")
    folded = [folded_heading(heading) for heading in headings]
    folded = [heading for heading in folded if heading not in reasons]
    while folded and not folded[-1]:
        folded.pop()
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()
