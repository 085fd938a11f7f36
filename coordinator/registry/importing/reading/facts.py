"""Reads what a row says of the organisation. A fault in a cell loses the cell, never the row."""

import re

from flask_babel import lazy_gettext as _l

from coordinator.registry import register_number, tax_number
from coordinator.registry.importing.reading import addresses, capitals, days, words
from coordinator.registry.importing.reading.cells import Cell
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.importing.reading.readings import MOST_NOTES
from coordinator.registry.importing.reading.row_cells import RowCells
from coordinator.registry.models import OrgType
from coordinator.wording import Unkeepable, many_lines

FORMULA = _l("A formula stands here. It is kept as text and never calculated.")
MOST_NAME = 200
LAST_PLACE = 9_999
_SEVERAL = re.compile(r"[;|\n•]+")


def read_name(row: RowCells, typed: str) -> None:
    """The organisation's name; without one the row waits for somebody to write it."""
    cell, reading = row.one(Column.NAME), row.reading
    reading.written_name = cell.text
    if typed:
        reading.name = typed
        reading.problems = [one for one in reading.problems if one.index != cell.index]
        return
    if cell.is_refused:
        return
    if cell.is_number or cell.is_formula or (not row.ours and _is_number(cell.text)):
        fault = _l("The name is a number or a formula. Write the organisation’s name.")
    elif not cell.text:
        fault = _l("There is no name. Write the organisation’s name.")
    elif len(cell.text) > MOST_NAME:
        fault = _l("The name is longer than 200 characters. Write a shorter one.")
    else:
        reading.name = cell.text if row.ours else capitals.well_written(cell.text)
        if reading.name != cell.written:
            row.corrected(Column.NAME, reading.name)
        return
    row.problem(cell if cell.index is not None else Column.NAME, fault, grave=True, lost=True)


def _is_number(text: str) -> bool:
    return bool(text) and not any(letter.isalpha() for letter in text)


def read_description(row: RowCells, districts: words.Districts) -> None:
    """Kind, numbers, district and what else describes the organisation."""
    values = row.reading.values
    values["short_name"] = row.text(Column.SHORT_NAME, 60)
    values["address"] = _address(row)
    values["org_type"] = _kind(row)
    values["registry_no"] = _registry_no(row)
    values["tax_no"] = _tax_no(row)
    values["district_id"] = _district(row, districts)
    values["website"] = _website(row)
    values["kep"] = _kep(row)
    values["founded_year"] = _founded(row)
    values["protocol_order"] = _protocol_order(row)
    values["public_benefit"] = yes_or_no(row, Column.PUBLIC_BENEFIT)
    values["tax_exempt"] = yes_or_no(row, Column.TAX_EXEMPT)
    cell = row.one(Column.STATUS)
    values["status"] = words.status(cell.text)
    if cell.text and not values["status"]:
        message = _l("This status is not known. It is kept in the notes.")
        row.kept(Column.STATUS, cell, cell.text, message)


def _address(row: RowCells) -> str:
    cells = [cell for cell in row.all(Column.ADDRESS) if cell.text]
    text = ", ".join(many_lines(cell.written) if row.ours else cell.text for cell in cells)
    if len(text) > 500:
        longest = max(cells, key=lambda cell: len(cell.text))
        row.too_long(Column.ADDRESS, longest, text, 500)
        return ""
    return text


def _kind(row: RowCells) -> OrgType | None:
    cell, name = row.one(Column.KIND), row.reading.name
    text = cell.text
    found = words.kind_of(text, name) if text else None
    if found is None and text:
        message = _l("This kind is not known. It is kept in the notes.")
        row.kept(Column.KIND, cell, text, message)
    elif found and not words.names_plainly(text, found):
        row.corrected(Column.KIND, str(found.word))
    return found


def _registry_no(row: RowCells) -> str:
    cell = row.one(Column.REGISTRY_NO)
    if row.spoilt(Column.REGISTRY_NO, cell):
        return ""
    text = cell.digits
    if cell.is_number:
        # A spreadsheet that took the number for a number has lost the zero it begins with.
        text = text.zfill(8) if len(text) == 7 else text
        row.number(cell, register_number.normalized(text))
    if len(text) > 30:
        row.too_long(Column.REGISTRY_NO, cell, text, 30)
        return ""
    try:
        number = register_number.normalized(text)
    except Unkeepable as error:
        row.problem(cell, error.message, grave=True, lost=True)
        return ""
    if number != text:
        row.corrected(Column.REGISTRY_NO, number)
    return number


def _tax_no(row: RowCells) -> str:
    cell = row.one(Column.TAX_NO)
    if row.spoilt(Column.TAX_NO, cell):
        return ""
    text = cell.digits
    if cell.is_number and len(text) == 9:
        text = text.zfill(10)
    try:
        number = tax_number.normalized(text)
    except Unkeepable as error:
        row.kept(Column.TAX_NO, cell, cell.text, error.message)
        return ""
    if cell.is_number and number:
        row.number(cell, number)
    elif number != cell.text:
        row.corrected(Column.TAX_NO, number)
    return number


def _district(row: RowCells, districts: words.Districts) -> int | None:
    cell = row.one(Column.DISTRICT)
    if not cell.text:
        return None
    found = districts.find(cell.text)
    if found is None:
        message = _l("This is none of the city’s districts. It is kept in the notes.")
        row.kept(Column.DISTRICT, cell, cell.text, message)
    elif districts.names[found] != cell.text:
        row.corrected(Column.DISTRICT, districts.names[found])
    return found


def _website(row: RowCells) -> str:
    cell = row.one(Column.WEBSITE)
    found = addresses.website(cell)
    if found is None or len(found) > 200:
        message = _l("This is no web address. It is kept in the notes.")
        row.kept(Column.WEBSITE, cell, cell.text, message)
        return ""
    return found


def _kep(row: RowCells) -> str:
    cell = row.one(Column.KEP)
    good, bad = addresses.emails(cell)
    if bad or len(good) > 1:
        message = _l("This is no registered e-mail address. It is kept in the notes.")
        row.kept(Column.KEP, cell, ", ".join([*good[1:], *bad]), message)
    return good[0] if good else ""


def _founded(row: RowCells) -> int | None:
    cell = row.one(Column.FOUNDED)
    year = days.year_of(cell)
    if year:
        if cell.text != str(year):
            row.corrected(Column.FOUNDED, str(year))
        return year
    if cell.text:
        message = _l("This is no year. It is kept in the notes.")
        row.kept(Column.FOUNDED, cell, cell.text, message)
    return None


def _protocol_order(row: RowCells) -> int | None:
    cell = row.one(Column.PROTOCOL)
    text = cell.digits.rstrip(".")
    if text.isascii() and text.isdigit() and 0 < int(text[:9]) <= LAST_PLACE and len(text) < 9:
        return int(text)
    if text:
        message = _l("This is no place in an order. It is kept in the notes.")
        row.kept(Column.PROTOCOL, cell, cell.text, message)
    return None


def yes_or_no(row: RowCells, column: Column, among: list[int] | None = None) -> bool:
    """Read a tick; a word that is neither yes nor no is kept in the notes."""
    cell = row.one(column, among)
    if isinstance(cell.raw, bool):
        return cell.raw
    found = words.yes_or_no(cell.text)
    if found is None:
        message = _l("Write yes or no here. It is kept in the notes.")
        row.kept(column, cell, cell.text, message)
    return bool(found)


def read_terms(row: RowCells, areas: words.Terms, groups: words.Terms) -> None:
    """Fields of work and target groups; a word that stands for none is kept in the notes."""
    reading = row.reading
    for column, terms, codes in (
        (Column.AREAS, areas, reading.areas),
        (Column.TARGETS, groups, reading.groups),
    ):
        for cell in row.all(column):
            found, unknown = terms.find(cell.text, only_semicolons=row.ours)
            codes += [code for code in found if code not in codes]
            if unknown:
                message = _l("These words are not known here. They are kept in the notes.")
                row.kept(column, cell, ", ".join(unknown), message)


def read_ties(row: RowCells) -> None:
    """Whom the organisation belongs to, and how it was called before."""
    reading = row.reading
    reading.parent = row.text(Column.PARENT, MOST_NAME)
    for column, found in (
        (Column.UMBRELLAS, reading.umbrellas),
        (Column.FORMER, reading.former_names),
    ):
        for cell in row.all(column):
            for text in _several(cell):
                if len(text) > MOST_NAME:
                    row.too_long(column, cell, text, MOST_NAME)
                elif text not in found:
                    found.append(text)


def _several(cell: Cell) -> list[str]:
    """Return the names of a cell; commas and strokes belong to names."""
    if not cell.text:
        return []
    parts = (" ".join(part.split()) for part in _SEVERAL.split(cell.written))
    return [one for part in parts if (one := Cell(part).text)]


def read_notes(row: RowCells) -> None:
    """Notes come before what else is kept there."""
    lines: list[str] = []
    for cell in row.all(Column.NOTES):
        if cell.is_formula:
            row.problem(cell, FORMULA)
        text = many_lines(cell.written) if cell.text else ""
        if len(text) > MOST_NOTES:
            row.too_long(Column.NOTES, cell, text, MOST_NOTES)
        elif text:
            lines += text.split("\n")
    row.reading.notes = [*lines, *row.reading.notes]
