"""Faulty rows are put right in the page, cell by cell, or in a file that is loaded again."""

import csv
import io

import pytest

from coordinator.access import Role
from coordinator.extensions import db
from coordinator.registry.importing import batches
from coordinator.registry.importing.reading.files import read_file
from tests.browser import Browser, Page
from tests.factories import UserFactory, district
from tests.registry.lists import lines, stored, workbook
from tests.registry.uploads import batch, preview, upload

NEXT = "Sakla ve sıradaki hatalı satıra geç"
BACK = "Sakla ve geri dön"
HEADINGS = "STK Adı;İlgili Kişi;E-posta;Telefon;İlçe;Türü;Kütük No;Vergi No;Çalışma Alanı;Web;Yıl"
GOOD = "Koru Derneği;Su;su@b.example;;Konak;;;;;;"
BAD = "Ada Derneği;Ece;ece(at)b.example;santral;Çankaya;Cemiyet;35.01.2023;12;turizm;olmaz;98"
HEADINGS = HEADINGS.replace("Yıl", "Kuruluş Yılı")


def row_page(browser: Browser, number: int, *rows: str, status: int = 200) -> Page:
    page = preview(browser, lines(*rows, headings=HEADINGS))
    return browser.get(f"{page.path}/satir/{number}", status)


def error(page: Page, index: int) -> str:
    found = page.soup.select_one(f"#cell_{index}-error")
    return found.get_text(" ", strip=True) if found else ""


def test_each_cell_stands_with_its_fault(staff: Browser) -> None:
    page = row_page(staff, 3, GOOD, BAD)
    assert page.h1 == "3. satır"
    assert page.soup.select_one("#cell_4")["value"] == "Çankaya"
    assert error(page, 2) == "“ece(at)b.example” bir e-posta adresi değil."
    assert [index for index in range(11) if error(page, index)] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert "Excel bu numarayı tarihe çevirmiş." in error(page, 6)


def test_every_cell_is_put_right_and_saved(staff: Browser) -> None:
    page = row_page(staff, 3, GOOD, BAD)
    page = page.submit(
        BACK, cell_2="ece@b.example", cell_3="0232 421 75 90", cell_4="Buca", cell_5="Vakıf",
        cell_6="35-012-023", cell_7="1234567890", cell_8="eğitim", cell_9="ada.example",
        cell_10="1998",
    )  # fmt: skip
    page.submit("2 satırı kaydet")
    ada = stored("Ada Derneği")
    assert (ada.district, ada.registry_no, ada.tax_no) == (
        district("Buca"), "35-012-023", "1234567890",
    )  # fmt: skip
    assert (ada.website, ada.founded_year, ada.notes) == ("http://ada.example", 1998, "")
    assert (ada.work_area_codes, ada.contacts[0].email) == (["education"], "ece@b.example")
    assert ada.contacts[0].phone == "+902324217590"


def test_what_is_still_wrong_comes_back_with_all_that_was_typed(staff: Browser) -> None:
    page = row_page(staff, 2, BAD)
    page = page.submit(BACK, 422, cell_2="hâlâ yanlış", cell_4="Buca", cell_7="10000000146")
    assert page.soup.select_one("#cell_2")["value"] == "hâlâ yanlış"
    assert page.soup.select_one("#cell_4")["value"] == "Buca"
    assert page.soup.select_one("#cell_7")["value"] == "10000000146"
    assert "kimlik numarasına benziyor" in error(page, 7)
    page = page.submit(BACK, 422, cell_7="12")
    assert "hâlâ yanlış" in error(page, 2)
    page.submit(BACK, cell_2="ece@b.example")
    assert batch().decisions["2"] == {"email": "", "cell_2": "ece@b.example", "cell_4": "Buca"}


def test_a_cell_may_be_emptied(staff: Browser) -> None:
    page = row_page(staff, 2, BAD).submit(BACK, cell_4="", cell_9="")
    page.submit("1 satırı kaydet")
    assert "Çankaya" not in stored("Ada Derneği").notes
    assert "Türü (dosyadan): Cemiyet" in stored("Ada Derneği").notes


def test_from_faulty_row_to_faulty_row(staff: Browser) -> None:
    second = BAD.replace("Ada", "Ova")
    page = preview(staff, lines(BAD, GOOD, second, headings=HEADINGS))
    page = staff.get(page.link("Satır satır düzelt"))
    assert page.h1 == "2. satır"
    page = page.submit(NEXT, cell_4="Buca")
    assert page.h1 == "4. satır"
    page = staff.get(page.link("Böyle bırak, sıradaki hatalı satır"))
    assert page.h1 == "2. satır"
    assert page.soup.select_one("#cell_4")["value"] == "Buca"


def test_after_the_last_faulty_row_the_decisions_come(staff: Browser) -> None:
    page = row_page(staff, 2, "Ada Derneği;Su;su@b.example;;Çankaya", GOOD)
    page = page.submit(NEXT, cell_4="Buca")
    assert page.h1 == "Satır satır ne olacak"
    assert "Listede hatalı başka satır yok." in page.text


def test_a_row_without_a_name(staff: Browser) -> None:
    page = row_page(staff, 2, ";Su;su@b.example;;Konak;Dernek")
    assert "Kuruluş adı yok." in error(page, 0)
    page = page.submit(BACK, cell_0="Ada Derneği")
    page.submit("1 satırı kaydet")
    assert stored("Ada Derneği").district == district("Konak")


def test_a_name_that_was_typed_before_stays(staff: Browser) -> None:
    page = preview(staff, lines(";Su;su@b.example;;Çankaya;Dernek", headings=HEADINGS))
    decisions = {"2": {"name": "Ada Derneği"}}
    batches.decide(batch=batch(), version=batch().version, decisions=decisions)
    db.session.commit()
    corrected = staff.get(f"{page.path}/satir/2")
    assert corrected.soup.select_one("#cell_0")["value"] == "Ada Derneği"
    corrected.submit(BACK, cell_4="Buca").submit("1 satırı kaydet")
    assert stored("Ada Derneği").district == district("Buca")


def test_a_row_that_goes_on_says_about_whom(staff: Browser) -> None:
    page = row_page(staff, 4, GOOD, ";Ece;ece@b.example", ";Nur;nur(at)b.example")
    assert "Bu satır, 2. satırdaki Koru Derneği kaydının devamı." in page.text


def test_an_identity_number_is_not_shown_again(staff: Browser) -> None:
    page = row_page(staff, 2, "Ada Derneği;10000000146;su@b.example")
    assert page.soup.select_one("#cell_1")["value"] == ""
    assert "kimlik numarasına benziyor" in error(page, 1)


def test_somebody_else_saved_meanwhile(staff: Browser) -> None:
    page = row_page(staff, 2, BAD)
    staff.get(page.path).submit(BACK, cell_4="Buca")
    page = page.submit(BACK, 409, cell_4="Bornova")
    assert page.soup.select_one("#cell_4")["value"] == "Bornova"
    page.submit(BACK)
    assert batch().decisions["2"]["cell_4"] == "Bornova"


def test_doors(staff: Browser) -> None:
    page = row_page(staff, 2, BAD)
    other = Browser(staff.app).sign_in(UserFactory(role=Role.STAFF))
    root = page.path.removesuffix("/satir/2")
    for path in ("satir/2", "siradaki", "hatali-satirlar"):
        other.get(f"{root}/{path}", 404)
    staff.get(f"{root}/satir/1", 404)
    staff.get(f"{root}/satir/99", 404)
    staff.get(f"{root}/hatali-satirlar?bicim=pdf", 404)
    staff.get(root).submit("1 satırı kaydet")
    assert staff.get(f"{root}/satir/2").h1 == "Liste kaydedildi"


class TestAsAFile:
    BAD = 'Ada Derneği;Ece;"=1+1@x";-5;Çankaya;;;;;;'

    def taken(self, staff: Browser, kind: str, *rows: str) -> bytes:
        page = preview(staff, lines(*rows, headings=HEADINGS))
        return staff.client.get(f"{page.path}/hatali-satirlar?bicim={kind}").data

    def test_csv(self, staff: Browser) -> None:
        text = self.taken(staff, "csv", GOOD, self.BAD).decode("utf-8-sig")
        headings, *rows = csv.reader(io.StringIO(text), delimiter=";")
        assert headings == [*HEADINGS.split(";"), "Düzeltilecekler"]
        (row,) = rows
        assert row[:5] == ["Ada Derneği", "Ece", "'=1+1@x", "'-5", "Çankaya"]
        assert "3. satır, İlçe: Bu, ilçelerimizden biri değil." in row[-1]

    def test_workbook_holds_text_only(self, staff: Browser) -> None:
        content = self.taken(staff, "xlsx", GOOD, self.BAD)
        (sheet,) = read_file("l.xlsx", content)
        assert sheet.rows[1][1][:5] == ["Ada Derneği", "Ece", "=1+1@x", "-5", "Çankaya"]

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_corrected_it_is_loaded_again(self, staff: Browser, kind: str) -> None:
        content = self.taken(staff, kind, GOOD, self.BAD)
        (sheet,) = read_file(f"l.{kind}", content)
        rows = [cells for _number, cells in sheet.rows]
        rows[1][2:5] = ["ece@b.example", "0232 421 75 90", "Buca"]
        page = upload(staff, workbook(*rows), "duzeltilmis.xlsx")
        chosen = page.soup.select_one(f"#column_{len(rows[0]) - 1} option[selected]")
        assert chosen is None or chosen["value"] == ""
        page.submit("Ne olacağını göster").submit("1 satırı kaydet")
        ada = stored("Ada Derneği")
        assert (ada.district, ada.notes) == (district("Buca"), "")

    def test_a_row_that_goes_on_carries_the_name(self, staff: Browser) -> None:
        content = self.taken(staff, "csv", GOOD, ";Nur;nur(at)b.example")
        assert "Koru Derneği" in content.decode("utf-8-sig").splitlines()[1]

    def test_a_cell_too_long_for_a_workbook(self, staff: Browser) -> None:
        page = preview(staff, lines(f"Ada Derneği;{'x' * 40_000}", headings=HEADINGS))
        answer = staff.get(f"{page.path}/hatali-satirlar?bicim=xlsx")
        assert "2. satırın bir hücresi Excel için çok uzun. CSV seçin." in answer.text
        assert staff.client.get(f"{page.path}/hatali-satirlar?bicim=csv").status_code == 200
