"""A list with faults, from the file to a register that is true, and back again."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.journeys import road
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journey")]
Visit = Callable[..., Visitor]
KEPT, OTHER = "Çiğli Kadın Emeği Derneği", "Çiğli Kadın Emeği Der."
ROWS = [
    ["STK listesi 2026"],
    ["S.NO", "STK ADI", "BAŞKAN / TEMSİLCİ", "TELEFON", "E-POSTA", "İLÇE"],
    [1, KEPT, "Nermin Su", "0232 000 00 11", "bilgi@cigliemek.example", "Çiğli"],
    [2, "Buca Eşitlik Platformu", "Aylin Demir", "0232 000 00 12", "aylin(at)buca.example", "Buca"],
    [3, "Foça Deniz Derneği", "Hale Ay", "sormak gerek", "foca@deniz.example", "Foça"],
    [4, "Urla Üretici Kadınlar", "İpek Polat", "0532 000 00 14", "urla@uretici.example", "Mars"],
    [5, OTHER, "Nermin Su", "0232 000 00 11", "baskan@cigliemek.example", "Çiğli"],
]


def written(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Liste")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    return path


def read(staff: Visitor, path: Path) -> str:
    """Upload the list and return the address of what would happen."""
    staff.go("/kuruluslar/ice-aktar")
    staff.page.set_input_files("input[type=file]", path)
    staff.click("Listeyi oku").click("Ne olacağını göster")
    staff.sees("5 satır okundu", "“aylin(at)buca.example” bir e-posta adresi değil.")
    return staff.path


def correct_three_rows(staff: Visitor) -> None:
    """Put the faulty cells right, one row after the other."""
    staff.follow("Satır satır düzelt").sees("4. satır")
    staff.fill(cell_4="aylin@buca.example").click("Sakla ve sıradaki hatalı satıra geç")
    staff.sees("5. satır", "Bu bir telefon numarası değil.")
    staff.fill(cell_3="0232 000 00 13").click("Sakla ve sıradaki hatalı satıra geç")
    staff.sees("6. satır", "ilçelerimizden biri değil")
    staff.fill(cell_5="Urla").click("Sakla ve geri dön")


def save(staff: Visitor) -> None:
    staff.page.get_by_label("Ayrı kuruluş olarak ekle").check()
    staff.click(re.compile("5 satırı kaydet")).sees("5 kuruluş eklendi.")
    staff.go("/kuruluslar").sees("5 kuruluş", "aylin@buca.example", "0232 000 00 13", "Urla")


def merge(staff: Visitor) -> None:
    """Find the pair among the suspects and make one record of it."""
    staff.go("/kuruluslar").follow("Benzer kayıtlar").sees(KEPT, OTHER)
    staff.follow(re.compile(r"^Birleştir\W")).click("İki kaydı birleştir").sees("kaydına katıldı")
    staff.go("/kuruluslar").sees("4 kuruluş")
    staff.fill(ara=OTHER).click("Filtrele").sees("1 kuruluş", KEPT)


def undo_merge(staff: Visitor) -> None:
    staff.go("/kuruluslar/birlestirmeler").follow(re.compile("Geri al"))
    staff.click("Yeniden iki kayda ayır")
    staff.go("/kuruluslar").sees("5 kuruluş")


def test_import_correct_save_merge_and_take_back(visit: Visit, tmp_path: Path) -> None:
    staff = visit()
    road.set_up(staff)
    preview = read(staff, written(tmp_path / "liste.xlsx"))
    correct_three_rows(staff)
    save(staff)
    merge(staff)
    staff.go(f"{preview}/geri-al").sees("geri alınamaz")
    undo_merge(staff)
    staff.go(f"{preview}/geri-al").click(re.compile("[Gg]eri al"))
    staff.go("/kuruluslar").sees("Henüz kuruluş yok")
