"""Files that are no lists: each gets its sentence, quickly, and never an error page."""

import io
import time
import zipfile
from io import BytesIO

import pytest
from flask import Flask

from coordinator.registry.importing.reading import files, workbook_process
from coordinator.registry.importing.reading.files import Unreadable, read_file
from tests.browser import Browser
from tests.registry.lists import SAMPLE, lines, raw_workbook, workbook

pytestmark = pytest.mark.in_turn  # files are read without the database
SHEET = SAMPLE.read_bytes()
INSIDE = SHEET.index(b"xl/worksheets/sheet1.xml") + 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


ODF = "urn:oasis:names:tc:opendocument:xmlns"


def cell(reference: str) -> str:
    number = "".join(letter for letter in reference if letter.isdigit())
    return f'<row r="{number}"><c r="{reference}"><v>1</v></c></row>'


def zipped(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


MACROS = raw_workbook(cell("A1"), {"xl/vbaProject.bin": b"x"})
BOMB = raw_workbook(cell("A1"), {"xl/media/zeros.bin": b"\x00" * 70_000_000})
MANY_PARTS = raw_workbook(cell("A1"), {f"xl/media/{n}": b"" for n in range(2_100)})
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    f"<worksheet>{cell('A1')}</worksheet>"
).encode()
FAR = raw_workbook(cell("XFD1048576"))
FAR_APART = raw_workbook(cell("A1") + cell("XFD1048576"))
MILLION = raw_workbook("".join(cell(f"A{n}") for n in range(1, 200_001)))
WIDE = raw_workbook('<row r="1"><c r="A1"><v>1</v></c><c r="CC1"><v>1</v></c></row>')
TOO_LONG = "Liste çok uzun"

HOSTILE = {
    "empty": ("liste.xlsx", b"", "Dosya boş"),
    "blank": ("liste.csv", b"\xef\xbb\xbf \r\n", "Dosya boş"),
    "PDF renamed": ("liste.xlsx", b"%PDF-1.7 ...", "Bu bir PDF"),
    "picture": ("liste.xlsx", b"\x89PNG\r\n\x1a\n", "Bu bir resim"),
    "archive": ("liste.csv", b"Rar!\x1a\x07", "sıkıştırılmış bir arşiv"),
    "other zip": ("liste.xlsx", zipped(**{"a.txt": b"x" * 99}), "okuyabildiği bir liste değil"),
    "web page": ("liste.xls", b"<html><table><tr><td>STK", "web sayfası"),
    "binary": ("liste.csv", b"STK;\x00\x01\x02", "okuyabildiği bir liste değil"),
    "unknown name": ("liste.exe", lines("Ada"), "okuyabildiği bir liste değil"),
    "text as workbook": ("liste.xlsx", lines("Ada"), "içeriği çalışma kitabı değil"),
    "workbook as text": ("liste.csv", SHEET, "içeriği ise Excel (XLSX)"),
    "old as new": ("liste.xlsx", OLE, "içeriği ise Excel (XLS)"),
    "truncated": ("liste.xlsx", SHEET[: len(SHEET) // 2], "bozuk ya da yarım"),
    "broken middle": ("liste.xlsx", SHEET[:INSIDE] + b"\xff" * 90 + SHEET[INSIDE + 90 :], "bozuk"),
    "old and broken": ("liste.xls", OLE, "bozuk ya da yarım"),
    "protected": ("liste.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "parolayla"),
    "macros": ("liste.xlsx", MACROS, "makro"),
    "macros by name": ("liste.xlsm", SHEET, "makro"),
    "macros of old": ("liste.xls", OLE + "_VBA_PROJECT".encode("utf-16-le"), "makro"),
    "bomb": ("liste.xlsx", BOMB, "çok büyüyor"),
    "many parts": ("liste.xlsx", MANY_PARTS, "çok büyüyor"),
    "entities": (
        "liste.xlsx",
        raw_workbook("", sheet=ENTITIES),
        "bozuk",
    ),
    "one far cell": ("liste.xlsx", FAR, TOO_LONG),
    "two cells far apart": ("liste.xlsx", FAR_APART, TOO_LONG),
    "too many rows": ("liste.xlsx", MILLION, TOO_LONG),
    "too many columns": ("liste.xlsx", WIDE, TOO_LONG),
    "too many lines": ("liste.csv", lines(*["Ada Derneği"] * 51_000), TOO_LONG),
    "endless cell": ("liste.csv", lines("x" * 200_000), "okunamayacak kadar uzun"),
    "no rows": ("liste.xlsx", raw_workbook(""), "dolu satır yok"),
    "too large": ("liste.csv", b"a;b\n" * 2_700_000, "10 MB’tan büyük"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_list_gets_its_sentence(app: Flask, name: str) -> None:
    filename, content, sentence = HOSTILE[name]
    begun = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        read_file(filename, content)
    assert sentence in str(refusal.value.message)
    assert time.monotonic() - begun < 15


def test_the_wizard_is_still_there(staff: Browser) -> None:
    for name in ("empty", "PDF renamed", "bomb", "two cells far apart", "truncated"):
        filename, content, sentence = HOSTILE[name]
        page = staff.get("/kuruluslar/ice-aktar")
        page = page.submit("Listeyi oku", 422, file=(BytesIO(content), filename))
        assert sentence in page.text
        assert page.soup.select_one("#file")["aria-invalid"] == "true"


def test_the_sentence_comes_in_the_readers_language(staff: Browser) -> None:
    staff.client.set_cookie("dil", "en")
    page = staff.get("/kuruluslar/ice-aktar")
    page = page.submit("Read the list", 422, file=(BytesIO(b"%PDF-1.7"), "list.xlsx"))
    assert "This is a PDF. Open the list in Excel and save it as XLSX." in page.text


def test_a_file_must_be_chosen(staff: Browser) -> None:
    page = staff.get("/kuruluslar/ice-aktar").submit("Listeyi oku", 422)
    assert "Listenin olduğu dosyayı seçin." in page.text


def test_the_reader_takes_no_longer_than_it_may(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SECONDS", 0.001)
    with pytest.raises(Unreadable) as refusal:
        read_file("liste.xlsx", SHEET)
    assert "çok uzun sürdü" in str(refusal.value.message)


def test_hidden_sheets_are_never_read(app: Flask) -> None:
    assert [sheet.name for sheet in read_file("l.xlsx", SHEET)] == ["STK Listesi 2025"]


def opendocument(table: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}"/>')
        archive.writestr(
            "content.xml",
            f'<o:document-content xmlns:o="{ODF}:office:1.0" xmlns:table="{ODF}:table:1.0" '
            f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="Liste">{table}</table:table>'
            "</office:spreadsheet></office:body></o:document-content>",
        )
    return written.getvalue()


def opendocument_row(*texts: str, repeated: int = 1) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def test_an_opendocument_list(app: Flask) -> None:
    table = opendocument_row("STK", "İlçe") + opendocument_row("Ada", "Foça")
    (sheet,) = read_file("liste.ods", opendocument(table))
    assert sheet.rows == [[1, ["STK", "İlçe"]], [2, ["Ada", "Foça"]]]


def test_an_opendocument_list_of_a_million_rows(app: Flask) -> None:
    table = opendocument_row("STK", "İlçe") + opendocument_row("Ada", repeated=1_048_575)
    with pytest.raises(Unreadable):
        read_file("liste.ods", opendocument(table))


def test_a_sheet_that_is_too_long_does_not_hide_another(app: Flask) -> None:
    content = workbook(["STK"], ["Ada"], Uzun=[["x"]] * 50_200)
    assert [(one.name, one.oversized) for one in read_file("l.xlsx", content)] == [
        ("Liste", False),
        ("Uzun", True),
    ]


def test_the_most_rows_that_are_read(app: Flask) -> None:
    content = workbook(["STK"], *[[f"Kurum {n}"] for n in range(50_000)])
    (sheet,) = read_file("liste.xlsx", content)
    assert len(sheet.rows) == 50_001


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Belgeler\\STK listesi.xlsx", "STK listesi.xlsx"),
        ("../../liste.csv", "liste.csv"),
        ("li\u202este\r\n.csv", "liste .csv"),
        ("10000000146.xlsx", "…"),
        ("", "…"),
    ],
)
def test_the_files_name_as_it_is_kept(name: str, shown: str) -> None:
    assert files.shown_name(name) == shown


@pytest.mark.parametrize(("rows", "code"), [(200_000, "oversized"), (1, "bomb")])
def test_what_is_too_large_to_unpack_is_told_by_its_rows(
    monkeypatch: pytest.MonkeyPatch, rows: int, code: str
) -> None:
    monkeypatch.setattr(workbook_process, "MOST_UNPACKED", 10_000_000)
    monkeypatch.setattr(workbook_process, "MOST_RATIO", 1_000_000)
    sheet = b"".join(b'<row r="%d"><c><v>%d</v></c></row>' % (n, n) for n in range(rows))
    content = raw_workbook(cell("A1"), {"xl/media/x.bin": b"x" * 9_999_000}, sheet=sheet * 8)
    with pytest.raises(workbook_process.Refused) as refusal:
        workbook_process.open_zip(content if code == "bomb" else raw_workbook("", sheet=sheet * 3))
    assert refusal.value.code == code
