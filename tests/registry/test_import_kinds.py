"""One list in every kind of file, in every way of writing letters."""

import pytest

from coordinator.registry.importing.reading.files import read_file
from tests.factories import district
from tests.registry.lists import messages, save, stored, workbook
from tests.registry.old_workbooks import old_workbook
from tests.registry.test_import_files import opendocument, opendocument_row

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.in_turn]
TITLE = ["İZMİR KADIN ÖRGÜTLERİ LİSTESİ"]
HEADINGS = ["S.NO", "STK ADI", "BAŞKAN / TEMSİLCİ", "TELEFON", "E-POSTA", "ADRES", "İLÇE",
            "ÇALIŞMA ALANI", "KATILIM", "AÇIKLAMA"]  # fmt: skip
ROWS = [
    ["1", "IŞIK ÇİÇEK DERNEĞİ", "ŞÜKRAN ÖĞÜT", "0232 421 75 90 / 0532 111 22 33", "a@b.example",
     "Gül sokak, no: 5", "ÇİĞLİ", "eğitim", "katıldı", "-"],
    ["", "", "Ece İnci", "0533 111 22 33", "", "", "", "", "", ""],
]  # fmt: skip


def text(encoding: str, separator: str) -> bytes:
    lines = [TITLE + [""] * 9, HEADINGS, *ROWS]
    quoted = [[f'"{cell}"' if separator in cell else cell for cell in line] for line in lines]
    return "\r\n".join(separator.join(line) for line in quoted).encode(encoding)


FILES = {
    "xlsx": ("l.xlsx", lambda: workbook(TITLE, HEADINGS, *ROWS)),
    "xls": ("l.xls", lambda: old_workbook(TITLE, HEADINGS, *ROWS)),
    "ods": ("l.ods", lambda: opendocument("".join(
        opendocument_row(*row) for row in (TITLE, HEADINGS, *ROWS)))),
    **{
        f"{encoding} {separator!r}": ("l.csv", lambda e=encoding, s=separator: text(e, s))
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1254", "iso8859-9", "cp857")
        for separator in ",;\t"
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_the_same_list(kind: str) -> None:
    filename, content = FILES[kind]
    save(content(), filename)
    kept = stored("Işık Çiçek Derneği")
    assert [(one.full_name, one.phone, one.email) for one in kept.contacts] == [
        ("Şükran Öğüt", "+905321112233", "a@b.example"), ("Ece İnci", "+905331112233", ""),
    ]  # fmt: skip
    assert (kept.phone, kept.address) == ("+902324217590", "Gül sokak, no: 5")
    assert (kept.district, kept.work_area_codes) == (district("Çiğli"), ["education"])
    assert kept.notes == ""


def test_an_old_workbook_with_numbers() -> None:
    content = old_workbook(["STK", "Telefon", "Kütük No", "Kuruluş Tarihi"],
                           ["Ada Derneği", 2327654321, 6154120, 36526.0])  # fmt: skip
    assert read_file("l.xls", content)[0].name == "Liste"
    plan = save(content, "l.xls")
    ada = stored("Ada Derneği")
    assert (ada.phone, ada.registry_no, ada.founded_year) == ("+902327654321", "06-154-120", 2000)
    assert [column for column, _text in messages(plan)][:2] == ["Kütük No", "E-posta"]
