"""The register as a file: what a spreadsheet shows is text, never a formula."""

import csv
import io
from collections.abc import Iterable, Iterator

import sqlalchemy as sa
import xlsxwriter
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload, selectinload

from coordinator import clock
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.i18n import language
from coordinator.i18n import phone as shown_phone
from coordinator.registry.importing.columns import Column
from coordinator.registry.importing.delimited import defused
from coordinator.registry.models import Contact, Organization

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
MOST_IN_CELL = 32_767
AT_ONCE = 500
COLUMNS = (
    Column.CODE, Column.NAME, Column.SHORT_NAME, Column.KIND, Column.REGISTRY_NO, Column.DISTRICT,
    Column.STATUS, Column.AREAS, Column.ORG_PHONE, Column.ORG_EMAIL, Column.UNREADABLE,
    Column.WEBSITE, Column.ADDRESS, Column.FOUNDED, Column.PERSON, Column.POSITION,
    Column.CONTACT_PHONE, Column.CONTACT_EMAIL, Column.CHANNEL, Column.LANGUAGE, Column.NOTES,
)  # fmt: skip
_WIDTHS = {Column.NAME: 44, Column.ADDRESS: 40, Column.NOTES: 50, Column.AREAS: 40}
_LANGUAGES = {"tr": _l("Turkish"), "en": _l("English")}


class TooLongForExcel(RuleBroken):
    """A cell of a workbook holds so much and no more; nothing is cut in silence."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _l("The notes of %(name)s are too long for Excel. Choose CSV instead.", name=name)
        )


def as_file(kind: str, organizations: sa.Select[Organization]) -> bytes:
    """Return the organisations as xlsx or csv, a line for each contact. Raises TooLongForExcel."""
    lines = lines_of(loaded(organizations))
    return _workbook(lines) if kind == "xlsx" else _text(lines)


def headings() -> list[str]:
    """Return the headings in the reader's language; the import knows both."""
    return [str(column.word) for column in COLUMNS]


def lines_of(organizations: Iterable[Organization]) -> Iterator[list[str]]:
    """Yield the cells of each line; an organisation with two contacts has two lines."""
    for one in organizations:
        people: list[Contact | None] = [*one.active_contacts]
        for contact in people or [None]:
            cells = {**_own_cells(one), **_contact_cells(contact)}
            yield [cells[column] for column in COLUMNS]


def loaded(organizations: sa.Select[Organization]) -> Iterator[Organization]:
    """Yield the organisations with all that a line shows, a few statements for hundreds of them."""
    ids = list(db.session.scalars(organizations.with_only_columns(Organization.id)))
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        found = db.session.scalars(
            sa.select(Organization)
            .where(Organization.id.in_(chunk))
            .options(
                joinedload(Organization.district),
                selectinload(Organization.work_areas),
                selectinload(Organization.contacts),
            )
        )
        by_id = {one.id: one for one in found}
        yield from (by_id[number] for number in chunk)


def _own_cells(one: Organization) -> dict[Column, str]:
    return {
        Column.CODE: one.public_id,
        Column.NAME: one.name,
        Column.SHORT_NAME: one.short_name,
        Column.KIND: str(one.org_type.word),
        Column.REGISTRY_NO: one.registry_no or "",
        Column.DISTRICT: one.district.name if one.district else "",
        Column.STATUS: str(one.status.word),
        Column.AREAS: "; ".join(area.name(language()) for area in one.work_areas),
        Column.ORG_PHONE: shown_phone(one.phone),
        Column.ORG_EMAIL: one.email,
        Column.UNREADABLE: one.unreadable_email,
        Column.WEBSITE: one.website,
        Column.ADDRESS: one.address,
        Column.FOUNDED: str(one.founded_year or ""),
        Column.NOTES: one.notes,
    }


def _contact_cells(contact: Contact | None) -> dict[Column, str]:
    if contact is None:
        columns = (
            Column.PERSON, Column.POSITION, Column.CONTACT_PHONE, Column.CONTACT_EMAIL,
            Column.CHANNEL, Column.LANGUAGE,
        )  # fmt: skip
        return dict.fromkeys(columns, "")
    return {
        Column.PERSON: contact.full_name,
        Column.POSITION: contact.position,
        Column.CONTACT_PHONE: shown_phone(contact.phone),
        Column.CONTACT_EMAIL: contact.email,
        Column.CHANNEL: str(contact.preferred_channel.word),
        Column.LANGUAGE: str(_LANGUAGES[contact.preferred_language]),
    }


def _text(lines: Iterable[list[str]]) -> bytes:
    """Return CSV as Turkish Excel opens it. Every cell is quoted, so that none ends early."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headings())
    for cells in lines:
        writer.writerow([defused(cell) for cell in cells])
    return written.getvalue().encode("utf-8-sig")


def _workbook(lines: Iterable[list[str]]) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet(str(_l("Organisations")))
    bold = book.add_format({"bold": True, "bottom": 2})
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDTHS.get(column, 20))
        sheet.write_string(0, place, str(column.word), bold)
    row = 0
    for row, cells in enumerate(lines, 1):
        for place, text in enumerate(cells):
            if len(text) > MOST_IN_CELL:
                raise TooLongForExcel(cells[1])
            if text:
                sheet.write_string(row, place, text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(row, 1), len(COLUMNS) - 1)
    book.close()
    return written.getvalue()


def filename(kind: str) -> str:
    """Return a name that says what and of which day."""
    return f"kuruluslar-{clock.today().isoformat()}.{kind}"
