"""The yearly round: started by staff, answered on a phone without scripts, taken over."""

import re
from collections.abc import Callable

import pytest

from tests.journeys import road
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journey")]
Visit = Callable[..., Visitor]
NAME, ADDRESS = "Körfez Rüzgârı Kadın Derneği", "nermin.yel@korfez-ruzgari.example"
OTHER = "hale.ay@korfez-ruzgari.example"


def add_organization(staff: Visitor) -> str:
    """Add an organisation with two contacts; return its page."""
    staff.go("/kuruluslar/yeni").fill(name=NAME, phone="0232 000 00 99").click("Kuruluşu ekle")
    page = staff.path
    for name, address, phone in (
        ("Nermin Yel", ADDRESS, "0532 111 22 33"),
        ("Hale Ay", OTHER, "0532 444 55 67"),
    ):
        staff.go(f"{page}/temsilciler/yeni").fill(full_name=name, email=address, phone=phone)
        staff.click("Kişiyi ekle")
    return page


def start_round(staff: Visitor) -> None:
    """Start a round for all, look at the letter, send it."""
    staff.go("/kuruluslar").follow("Hâlâ doğru mu?").follow("Tur başlat")
    staff.page.get_by_label("Bütün faal kuruluşlar").check()
    staff.click("Gör ve gönder").sees("1 kuruluşa mektupla sorulacak.", NAME, ADDRESS)
    staff.click("1 mektubu gönder").sees("1 kuruluştan 0’ı yanıtladı.")


def correct(phone: Visitor, link: str) -> None:
    """Look at the record, put a wrong number in, then the right one; a contact left, one came."""
    phone.page.goto(link)
    phone.look().sees("Bilgileriniz hâlâ doğru mu?", "0532 111 22 33", "0532 ••• •• 67")
    phone.follow("Bir şeyi düzeltmek istiyorum")
    phone.page.locator("summary", has_text="Temsilci ekleyin").click()
    phone.fill(**{"phone": "beş", "people-0-position": "Başkan", "came-0-full_name": "Sevgi Ak"})
    phone.page.get_by_label("Artık temsilcimiz değil").nth(1).check()
    phone.click("Düzeltmeleri gönder").sees("Telefonu 0232 293 12 00", "e-posta adresi de yazın")
    assert phone.page.input_value("[name=people-0-position]") == "Başkan"
    phone.fill(**{"phone": "0232 293 12 00", "came-0-phone": "0532 000 11 22"})
    phone.click("Düzeltmeleri gönder")
    phone.sees("Teşekkürler, düzeltmelerinizi aldık", "0232 293 12 00", "Sevgi Ak", "Bekliyor")


def take_over(staff: Visitor) -> None:
    """Take one correction by itself and the others together."""
    staff.go("/").follow("Düzeltmelere bak").follow(NAME)
    staff.sees("4 düzeltme bekliyor", "0232 000 00 99", "0232 293 12 00", "Hale Ay")
    staff.click(re.compile(r"Kayda geçir\s*: Telefon")).sees("3 düzeltme bekliyor")
    staff.click("Hepsini kayda geçir").sees("Bekleyen düzeltme yok")


def test_a_record_is_corrected_on_a_phone_and_taken_over(visit: Visit) -> None:
    staff, mail, phone = visit(), visit(), visit(width=390, scripts=False)
    road.set_up(staff)
    page = add_organization(staff)
    start_round(staff)
    link = road.link_in_letter(mail, ADDRESS, "/kayit/")
    correct(phone, link)
    reader = visit(width=390, language="en-GB")
    reader.page.goto(f"{link}?dil=en")
    reader.look().sees("Thank you, we have your corrections")
    reader.follow("Change my corrections").sees("Representative: Nermin Yel")

    take_over(staff)
    staff.go(page).sees("0232 293 12 00", "Başkan", "Sevgi Ak", "Düzeltildi")
    phone.page.goto(link)
    phone.look().sees("Şube düzeltmelerinize baktı.", "Kayda geçti")
    staff.go("/dogrulama").sees("1 kaydın hepsi son bir yılda kontrol edildi.")
    staff.go("/dogrulama/kayitlar?hangi=hepsi").sees("Nermin Yel, bağlantıdan")
