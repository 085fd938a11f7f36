"""The institution's data are edited; a stale form shows both values."""

from flask import Flask

from coordinator.extensions import db
from coordinator.institution.models import Institution
from tests.browser import Browser


def test_an_administrator_edits_them(app: Flask, admin: Browser) -> None:
    page = admin.get("/yonetim/kurum").submit(
        "Kaydet",
        name="Başka Belediyesi",
        website="www.b.bel.tr",
        help_lines="Alo 183\n112",
        privacy_notice="Bizim metnimiz.",
    )
    assert "Kurum bilgileri kaydedildi." in page.text
    stored = db.session.get_one(Institution, 1)
    assert (stored.name, stored.website) == ("Başka Belediyesi", "http://www.b.bel.tr")
    assert stored.help_lines == "Alo 183\n112"
    assert "Başka Belediyesi" in Browser(app).get("/giris").text


def test_others_are_kept_out(staff: Browser, viewer: Browser, browser: Browser) -> None:
    staff.get("/yonetim/kurum", 403)
    viewer.get("/yonetim/kurum", 403)
    assert browser.get("/yonetim/kurum").h1 == "Giriş"


def test_a_stale_form_shows_both_values(app: Flask, admin: Browser) -> None:
    page = admin.get("/yonetim/kurum")
    admin.get("/yonetim/kurum").submit("Kaydet", city="Manisa")
    stale = page.submit("Kaydet", 409, city="Aydın")
    assert "Şu anda kayıtlı: Manisa" in stale.text
    assert stale.soup.find(id="city")["value"] == "Aydın"
    stale.submit("Kaydet")
    assert db.session.get_one(Institution, 1).city == "Aydın"


def test_faults_are_named_beside_the_fields(admin: Browser) -> None:
    page = admin.get("/yonetim/kurum").submit(
        "Kaydet", 422, name="", phone="yok", website="javascript:alert(1)", email="a@b@c"
    )
    for sentence in (
        "Kurumun adını yazın.", "Telefonu 0232 293 12 00", "Web adresini www.kurulus.org.tr gibi",
        "Tek bir e-posta adresi yazın",
    ):  # fmt: skip
        assert sentence in page.text
