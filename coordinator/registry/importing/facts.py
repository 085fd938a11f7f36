"""Reads the facts of one row, cell by cell. A fault in a cell loses the cell, never the row."""

import re

from flask_babel import lazy_gettext as _l

from coordinator import turkish
from coordinator.i18n import phone as shown_phone
from coordinator.registry.importing import cells as cell_texts
from coordinator.registry.importing import words
from coordinator.registry.importing.cells import Cell
from coordinator.registry.importing.columns import Column
from coordinator.registry.importing.reading import MOST_NOTES
from coordinator.registry.importing.row_cells import RowCells
from coordinator.registry.models import OrgType
from coordinator.registry.register_number import normalized
from coordinator.wording import Unkeepable, many_lines

FORMULA = _l("A formula stands here. It is kept as text and never calculated.")
MOST_NAME = 200
_SMALL = {"Ve": "ve", "İle": "ile", "Veya": "veya", "İçin": "için"}


def read_name(row: RowCells, typed: str) -> None:
    """The organisation's name; without one the row waits for somebody to write it."""
    cell, reading = row.one(Column.NAME), row.reading
    reading.written_name = cell.text
    if typed:
        reading.name = typed
        return
    if cell.is_refused:
        return
    if cell.is_number or cell.is_formula:
        fault = _l("The name is a number or a formula. Write the organisation’s name.")
    elif not cell.text:
        fault = _l("There is no name. Write the organisation’s name.")
    elif len(cell.text) > MOST_NAME:
        fault = _l("The name is longer than 200 characters. Write a shorter one.")
    else:
        reading.name = cell.text if row.ours else well_written(cell.text)
        if reading.name != cell.written:
            row.corrected(Column.NAME, reading.name)
        return
    row.problem(Column.NAME, fault, grave=True)


def well_written(name: str) -> str:
    """Return a name in small letters if it is all capitals; a lone KADEM stays as it is."""
    long_words = [word for word in name.split() if len(word) > 3]
    if len(long_words) < 2 or name != turkish.upper(name):
        return name
    first, *others = turkish.title(name).split(" ")
    return " ".join([first, *(_SMALL.get(word, word) for word in others)])


def read_description(row: RowCells, districts: words.Districts) -> None:
    """Kind, register number, district and what else describes the organisation."""
    values = row.reading.values
    values["short_name"] = row.text(Column.SHORT_NAME, 60)
    values["address"] = _address(row)
    values["org_type"] = _kind(row)
    values["registry_no"] = _registry_no(row)
    values["district_id"] = _district(row, districts)
    values["website"] = _website(row)
    values["founded_year"] = _founded(row)
    status = row.one(Column.STATUS).text
    values["status"] = words.status(status)
    if status and not values["status"]:
        row.kept(Column.STATUS, status, _l("This status is not known. It is kept in the notes."))


def _address(row: RowCells) -> str:
    text = ", ".join(cell.text for cell in row.all(Column.ADDRESS) if cell.text)
    if len(text) > 500:
        row.too_long(Column.ADDRESS, text, 500)
        return ""
    return text


def _kind(row: RowCells) -> OrgType | None:
    text, name = row.one(Column.KIND).text, row.reading.name
    found = words.kind_of(text, name) if text else None
    if found is None and text:
        row.kept(Column.KIND, text, _l("This kind is not known. It is kept in the notes."))
    elif found and not words.names_plainly(text, found):
        row.corrected(Column.KIND, str(found.word))
    return found


def _registry_no(row: RowCells) -> str:
    cell = row.one(Column.REGISTRY_NO)
    text = cell.text
    if cell.is_number:
        # A spreadsheet that took the number for a number has lost the zero it begins with.
        text = text.zfill(8) if len(text) == 7 else text
        row.number(Column.REGISTRY_NO, normalized(text))
    if len(text) > 30:
        row.too_long(Column.REGISTRY_NO, text, 30)
        return ""
    try:
        number = normalized(text)
    except Unkeepable as error:
        row.problem(Column.REGISTRY_NO, error.message, grave=True)
        return ""
    if number != text:
        row.corrected(Column.REGISTRY_NO, number)
    return number


def _district(row: RowCells, districts: words.Districts) -> int | None:
    text = row.one(Column.DISTRICT).text
    if not text:
        return None
    found = districts.find(text)
    if found is None:
        message = _l("This is none of the city’s districts. It is kept in the notes.")
        row.kept(Column.DISTRICT, text, message)
    elif districts.names[found] != text:
        row.corrected(Column.DISTRICT, districts.names[found])
    return found


def _website(row: RowCells) -> str:
    cell = row.one(Column.WEBSITE)
    found = cell_texts.website(cell)
    if found is None or len(found) > 200:
        row.kept(Column.WEBSITE, cell.text, _l("This is no web address. It is kept in the notes."))
        return ""
    return found


def _founded(row: RowCells) -> int | None:
    text = row.one(Column.FOUNDED).text
    years = re.findall(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text)
    if len(years) == 1:
        return int(years[0])
    if text:
        row.kept(Column.FOUNDED, text, _l("This is no year. It is kept in the notes."))
    return None


def read_person(row: RowCells) -> None:
    """The person through whom the organisation is reached."""
    reading, cell = row.reading, row.one(Column.PERSON)
    if cell.is_number or cell.is_formula:
        message = _l("This is no person’s name. It is kept in the notes.")
        row.kept(Column.PERSON, cell.written, message)
    elif len(cell.text) > 200:
        row.too_long(Column.PERSON, cell.text, 200)
    else:
        reading.person = cell.text if row.ours else well_written(cell.text)
    reading.position = row.text(Column.POSITION, 120)
    if reading.position and not reading.person:
        reading.note(Column.POSITION, reading.position)
        reading.position = ""
    for column, find, name in (
        (Column.LANGUAGE, words.language, "language"),
        (Column.CHANNEL, words.channel, "channel"),
    ):
        text = row.one(column).text
        setattr(reading, name, find(text) if text else None)
        if text and not find(text):
            row.kept(column, text, _l("This word is not known. It is kept in the notes."))


def read_addresses(row: RowCells, typed: str) -> None:
    """E-mail addresses, and what stands in their place."""
    reading = row.reading
    for cell in row.all(Column.EMAIL):
        good, bad = cell_texts.addresses(cell)
        reading.emails += [one for one in good if one not in reading.emails]
        _bad_addresses(row, Column.EMAIL, bad, bool(good))
        if len(good) > 1:
            row.problem(Column.EMAIL, _l("Two addresses stand in one cell."), True, "addresses")
    for column, name in (
        (Column.ORG_EMAIL, "org_email"),
        (Column.CONTACT_EMAIL, "contact_email"),
    ):
        good, bad = cell_texts.addresses(row.one(column))
        setattr(reading, name, good[0] if good else "")
        reading.emails += good[1:]
        _bad_addresses(row, column, bad, bool(good))
    if typed:
        headings = {row.layout.heading(c) for c in (Column.EMAIL, Column.ORG_EMAIL)}
        reading.problems = [one for one in reading.problems if one.column not in headings]
        reading.emails, reading.bad_emails = [*reading.emails, typed], []
    unreadable = row.one(Column.UNREADABLE).text
    if unreadable and not typed:
        reading.bad_emails.append(unreadable)
    any_address = reading.emails or reading.org_email or reading.contact_email
    if not any_address and not reading.bad_emails:
        row.problem(Column.EMAIL, _l("There is no e-mail address. Letters will not reach them."))


def _bad_addresses(row: RowCells, column: Column, bad: list[str], beside_good: bool) -> None:
    for text in bad:
        if beside_good:
            row.kept(column, text, _l("Beside the address stands “%(text)s”. It is kept in the "
                                      "notes.", text=text[:60]))  # fmt: skip
        else:
            row.reading.bad_emails.append(text)
            message = _l("“%(text)s” is not an e-mail address.", text=text[:100])
            row.problem(column, message, grave=True)


def read_phones(row: RowCells) -> None:
    """Phone numbers; one kept as a number has often lost its first zero."""
    for column in (Column.PHONE, Column.ORG_PHONE, Column.CONTACT_PHONE):
        for cell in row.all(column):
            good, bad = cell_texts.phones(cell)
            for text in bad:
                row.kept(column if column is Column.PHONE else Column.PHONE, text, _l(
                    "This is not a phone number. It is kept in the notes."))  # fmt: skip
            if cell.is_number and good:
                row.number(column, shown_phone(good[0]))
            _place_phones(row, column, good)


def _place_phones(row: RowCells, column: Column, good: list[str]) -> None:
    reading = row.reading
    if column is Column.ORG_PHONE and good:
        reading.org_phone = good.pop(0)
    if column is Column.CONTACT_PHONE and good:
        reading.contact_phone = good.pop(0)
    reading.phones += [one for one in good if one not in reading.phones]


def read_areas(row: RowCells, areas: words.Areas) -> None:
    """Fields of work; a word that stands for none is kept in the notes."""
    reading = row.reading
    unknown: list[str] = []
    for cell in row.all(Column.AREAS):
        found, rest = areas.find(cell.text, only_semicolons=row.ours)
        reading.areas += [code for code in found if code not in reading.areas]
        unknown += rest
    if unknown:
        reading.note(Column.AREAS, ", ".join(unknown))
        reading.corrections.append((_l("Kept in the notes"), ", ".join(unknown)))


def read_notes(row: RowCells) -> None:
    """Notes come before what else is kept there."""
    lines: list[str] = []
    for cell in row.all(Column.NOTES):
        if cell.is_formula:
            row.problem(Column.NOTES, FORMULA)
        text = _lines_of(cell)
        if len(text) > MOST_NOTES:
            row.too_long(Column.NOTES, text, MOST_NOTES)
        elif text:
            lines += text.split("\n")
    row.reading.notes = [*lines, *row.reading.notes]


def _lines_of(cell: Cell) -> str:
    return many_lines(cell.written) if cell.text else ""
