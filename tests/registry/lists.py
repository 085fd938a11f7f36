"""Lists for tests of the import: the real one, lines of text, workbooks of every kind."""

import io
import zipfile
from pathlib import Path
from typing import Any

import xlsxwriter

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.registry.importing import batches, saving
from coordinator.registry.importing.planning.plan import Plan, PlannedRow
from coordinator.registry.models import ImportBatch, Organization

SAMPLE = Path(__file__).parent.parent / "samples" / "stk_listesi.xlsx"
HEADINGS = "STK Adı;İlgili Kişi;E-posta;Telefon;İlçe;Türü;Kütük No;Çalışma Alanı;Notlar;Web;Adres"


def lines(*rows: str, headings: str = HEADINGS) -> bytes:
    """Return a CSV of these rows under the headings."""
    return "\r\n".join([headings, *rows]).encode()


def workbook(*rows: list[Any], **more_sheets: list[list[Any]]) -> bytes:
    """Return an XLSX of these rows; each keyword is another sheet."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    for name, cells in {"Liste": list(rows), **more_sheets}.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(cells):
            for column, value in enumerate(row):
                if isinstance(value, (int, float)):
                    sheet.write_number(number, column, value)
                else:
                    sheet.write_string(number, column, str(value))
    book.close()
    return written.getvalue()


def raw_workbook(
    cells: str, extra: dict[str, bytes] | None = None, sheet: bytes | None = None
) -> bytes:
    """Return an XLSX whose only sheet holds this XML, for what no honest program writes."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Liste" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": sheet
        or f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return written.getvalue()


def read(content: bytes, filename: str = "liste.csv") -> ImportBatch:
    """Return the list as it was read; nothing is stored."""
    return batches.read_list(filename=filename, content=content, actor=COMMAND)


def planned(*rows: str, headings: str = HEADINGS) -> Plan:
    """Return what would happen to these rows."""
    return batches.planned(read(lines(*rows, headings=headings)))


def row(text: str, headings: str = HEADINGS) -> PlannedRow:
    """Return what would happen to this one row."""
    return planned(text, headings=headings).rows[0]


def save(content: bytes, filename: str = "liste.csv", **decisions: dict[str, str]) -> Plan:
    """Store a list; decisions are named r2, r3 … by their row."""
    db.session.commit()
    batch = batches.start(filename=filename, content=content, actor=COMMAND)
    shown = batches.planned(batch)
    done = saving.save(
        batch=batch,
        shown=shown,
        picture=shown.fingerprint,
        decisions={name[1:]: answers for name, answers in decisions.items()},
        actor=COMMAND,
    )
    db.session.commit()
    return done


def messages(found: Plan | PlannedRow) -> list[tuple[str, str]]:
    """Return what is told of a row or a list: column and sentence."""
    return [(one.column, str(one.message)) for one in found.problems]


def stored(name: str) -> Organization:
    """Return the organisation of that name as it is stored now."""
    db.session.expire_all()
    return db.session.execute(db.select(Organization).filter_by(name=name)).scalar_one()
