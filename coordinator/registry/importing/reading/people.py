"""Reads what a row says of the people through whom the organisation is reached, and how."""

from datetime import date

from flask_babel import lazy_gettext as _l

from coordinator import turkish
from coordinator.i18n import phone as shown_phone
from coordinator.registry.importing.reading import (
    addresses,
    capitals,
    days,
    facts,
    headings,
    words,
)
from coordinator.registry.importing.reading.cells import Cell
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.importing.reading.readings import Person
from coordinator.registry.importing.reading.row_cells import RowCells

MOST_NAME = 200
MOST_POSITION = 120


def read_people(row: RowCells) -> None:
    """The contacts of a row, each from its own columns; the first may be without a name."""
    found = [_person(row, columns) for columns in row.layout.people]
    named = [one for one in found if one.name]
    for one in found:
        if not one.name and one is not (named or found)[0]:
            _nameless(row, one)
    row.reading.people = named or found[:1] or [Person()]
    first = row.reading.people[0]
    if first.position and not first.name:
        if not first.by_heading:
            row.reading.note(Column.POSITION, first.position)
        first.position = ""


def _nameless(row: RowCells, one: Person) -> None:
    """Keep what is told of somebody without a name as the organisation's."""
    reading = row.reading
    if one.position and not one.by_heading:
        reading.note(Column.POSITION, one.position)
    reading.emails += [one.email] if one.email and one.email not in reading.emails else []
    reading.phones += [one.phone] if one.phone and one.phone not in reading.phones else []


def _person(row: RowCells, columns: list[int]) -> Person:
    person = Person(name=_name(row, columns))
    person.position = row.text(Column.POSITION, MOST_POSITION, columns)
    if person.name and not row.ours:
        person.position = capitals.position(person.position)
    if person.name and not person.position:
        person.position, person.by_heading = _heading_position(row, columns), True
    _letters(row, columns, person)
    person.since = _day(row, Column.SINCE, columns)
    person.until = _day(row, Column.UNTIL, columns)
    if person.since and person.until and person.until < person.since:
        cell = row.one(Column.UNTIL, columns)
        message = _l("This day is before the one on which it began. It is kept in the notes.")
        row.kept(Column.UNTIL, cell, cell.text, message)
        person.until = None
    person.deputy = facts.yes_or_no(row, Column.DEPUTY, columns)
    if not person.name:
        _of_nobody(row, columns)
    person.email = _email(row, columns)
    person.phone = _phone(row, columns)
    return person


def _of_nobody(row: RowCells, columns: list[int]) -> None:
    """Keep what is told of a contact who is not named."""
    told = {one.index for one in row.reading.problems}
    for column in (Column.RELATION, Column.DEPUTY, Column.SINCE, Column.UNTIL, Column.LANGUAGE,
                   Column.CHANNEL):  # fmt: skip
        for cell in row.all(column, columns):
            if cell.text and cell.index not in told and words.yes_or_no(cell.text) is not False:
                message = _l("No contact is named to whom this belongs. It is kept in the notes.")
                row.kept(column, cell, cell.text, message)


def _name(row: RowCells, columns: list[int]) -> str:
    parts: list[str] = []
    for column in (Column.PERSON, Column.FIRST_NAME, Column.LAST_NAME):
        for cell in row.all(column, columns):
            if cell.is_number or cell.is_formula:
                message = _l("This is no person’s name. It is kept in the notes.")
                row.kept(Column.PERSON, cell, cell.written, message)
            elif cell.text and not " ".join(parts).endswith(cell.text):
                parts.append(cell.text)
    name = " ".join(parts)
    if len(name) > MOST_NAME:
        cells = [
            cell
            for column in (Column.PERSON, Column.FIRST_NAME, Column.LAST_NAME)
            for cell in row.all(column, columns)
            if cell.text
        ]
        longest, *others = sorted(cells, key=lambda cell: -len(cell.text))
        row.too_long(Column.PERSON, longest, longest.text, MOST_NAME)
        for cell in others:
            row.kept(Column.PERSON, cell, cell.text, _l("The rest of the name is too long. It is "
                                                        "kept in the notes."))  # fmt: skip
        return ""
    return name if row.ours else capitals.person(name)


def _heading_position(row: RowCells, columns: list[int]) -> str:
    """Return what the heading of the name says that somebody is: BAŞKAN, Genel Sekreter."""
    for index in columns:
        heading = row.layout.headings[index]
        if row.layout.mapping[index] is Column.PERSON and headings.is_position(
            headings.folded(heading)
        ):
            return turkish.title(heading)
    return ""


def _letters(row: RowCells, columns: list[int], person: Person) -> None:
    """Language, channel and manner of representation: words of which each list has its own."""
    for column, find, name in (
        (Column.LANGUAGE, words.language, "language"),
        (Column.CHANNEL, words.channel, "channel"),
        (Column.RELATION, words.relation, "relation"),
    ):
        cell = row.one(column, columns)
        found = find(cell.text) if cell.text else None
        if found:
            setattr(person, name, found)
        elif cell.text:
            message = _l("This word is not known. It is kept in the notes.")
            row.kept(column, cell, cell.text, message)


def _day(row: RowCells, column: Column, columns: list[int]) -> date | None:
    cell = row.one(column, columns)
    day = days.day_of(cell)
    if cell.text and day is None:
        message = _l("This is no day. Write it like 12.11.2026. It is kept in the notes.")
        row.kept(column, cell, cell.text, message)
    return day


def _email(row: RowCells, columns: list[int]) -> str:
    found: list[str] = []
    for cell in row.all(Column.CONTACT_EMAIL, columns):
        good, bad = addresses.emails(cell)
        found += [one for one in good if one not in found]
        bad_emails(row, Column.EMAIL, cell, bad, bool(good))
    row.reading.emails += [one for one in found[1:] if one not in row.reading.emails]
    return found[0] if found else ""


def _phone(row: RowCells, columns: list[int]) -> str:
    found: list[str] = []
    for cell in row.all(Column.CONTACT_PHONE, columns):
        found += [one for one in good_phones(row, cell) if one not in found]
    row.reading.phones += [one for one in found[1:] if one not in row.reading.phones]
    return found[0] if found else ""


def read_addresses(row: RowCells, typed: str) -> None:
    """E-mail addresses of the organisation or of nobody told, and what stands in their place."""
    reading = row.reading
    shared: list[str] = []
    for cell in row.all(Column.EMAIL):
        good, bad = addresses.emails(cell)
        shared += [one for one in good if one not in shared]
        bad_emails(row, Column.EMAIL, cell, bad, bool(good))
        if len(good) > 1:
            row.problem(cell, _l("Two addresses stand in one cell."), True, "addresses")
    cell = row.one(Column.ORG_EMAIL)
    good, bad = addresses.emails(cell)
    reading.org_email = good[0] if good else ""
    bad_emails(row, Column.EMAIL, cell, bad, bool(good))
    reading.emails = list(dict.fromkeys([*shared, *good[1:], *reading.emails]))
    if typed:
        columns = (Column.EMAIL, Column.ORG_EMAIL)
        indexes = {index for index, one in row.layout.mapping.items() if one in columns}
        reading.problems = [one for one in reading.problems if one.index not in indexes]
        reading.emails, reading.bad_emails = [*reading.emails, typed], []
    unreadable = row.one(Column.UNREADABLE).text
    if unreadable and not typed:
        reading.bad_emails.append(unreadable)


def miss_addresses(row: RowCells) -> None:
    """Say that no letter reaches the organisation through what the row tells."""
    reading = row.reading
    any_address = reading.emails or reading.org_email or any(one.email for one in reading.people)
    if not any_address and not reading.bad_emails:
        row.problem(Column.EMAIL, _l("There is no e-mail address. Letters will not reach them."))


def bad_emails(
    row: RowCells, column: Column, cell: Cell, bad: list[str], beside_good: bool
) -> None:
    for text in bad:
        if beside_good:
            row.kept(column, cell, text, _l("Beside the address stands “%(text)s”. It is kept in "
                                            "the notes.", text=text[:60]))  # fmt: skip
        else:
            row.reading.bad_emails.append(text)
            message = _l("“%(text)s” is not an e-mail address.", text=text[:100])
            row.problem(cell, message, grave=True, lost=True)


def read_phones(row: RowCells) -> None:
    """Phone numbers of the organisation or of nobody told."""
    reading = row.reading
    shared: list[str] = []
    for cell in row.all(Column.PHONE):
        shared += [one for one in good_phones(row, cell) if one not in shared]
    own: list[str] = []
    for cell in row.all(Column.ORG_PHONE):
        own += [one for one in good_phones(row, cell) if one not in own]
    reading.org_phone = own[0] if own else ""
    reading.phones = list(dict.fromkeys([*shared, *own[1:], *reading.phones]))


def good_phones(row: RowCells, cell: Cell) -> list[str]:
    """Return the numbers of a cell; one kept as a number has often lost its first zero."""
    if row.spoilt(Column.PHONE, cell):
        return []
    good, bad = addresses.phones(cell)
    for text in bad:
        row.kept(Column.PHONE, cell, text, _l(
            "This is not a phone number. It is kept in the notes."))  # fmt: skip
    if cell.is_number and good:
        row.number(cell, shown_phone(good[0]))
    return good
