"""Accounts: listed, opened, edited, tied to organisations, closed."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.extensions import db
from coordinator.registry import queries as registry
from tests.accounts.parts import letters_to, link_in
from tests.browser import Browser, Page, counted_statements
from tests.factories import OrganizationFactory, UserFactory, represent


def url(user: User, more: str = "") -> str:
    return f"/yonetim/kisiler/{user.public_id}{more}"


def by_email(email: str) -> User:
    db.session.expire_all()
    return db.session.scalars(sa.select(User).where(User.email == email)).one()


def open_account(admin: Browser, status: int = 200, **values: str) -> Page:
    typed = {"full_name": "Işıl Öz", "email": "isil@b.example", **values}
    return admin.get("/yonetim/kisiler/yeni").submit("Hesabı aç", status, **typed)


def test_people_are_listed_in_turkish_order_the_closed_last(app: Flask, admin: Browser) -> None:
    for name in ("Zehra", "Çiğdem", "Cemile", "İnci", "Işıl", "Ada"):
        UserFactory(full_name=name, active=name != "Ada")
    rows = [row.split()[0] for row in admin.get("/yonetim/kisiler").rows()]
    assert [name for name in rows if name != "Derya"] == [
        "Cemile", "Çiğdem", "Işıl", "İnci", "Zehra", "Ada",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["cigdem", "ÇİĞDEM", "Ciğdem", "cigdem@b"])
def test_people_are_found_however_one_types(app: Flask, admin: Browser, typed: str) -> None:
    UserFactory(full_name="Çiğdem Işık", email="cigdem@b.example")
    page = admin.get("/yonetim/kisiler", query={"ara": typed})
    assert [row.split("  ")[0] for row in page.rows()] == page.rows()
    assert len(page.rows()) == 1


def test_the_list_is_filtered_by_role_and_says_when_nobody_fits(app: Flask, admin: Browser) -> None:
    UserFactory(role=Role.VIEWER)
    assert len(admin.get("/yonetim/kisiler", query={"rol": "viewer"}).rows()) == 1
    assert "Böyle bir kişi yok" in admin.get("/yonetim/kisiler", query={"ara": "%_"}).text
    assert len(admin.get("/yonetim/kisiler", query={"rol": "xx", "page": "-1"}).rows()) == 2


def test_the_list_asks_as_often_for_thirty_as_for_three(app: Flask, admin: Browser) -> None:
    counts = []
    for more in (3, 27):
        for _time in range(more):
            represent(OrganizationFactory())
        db.session.commit()
        with counted_statements() as statements:
            admin.get("/yonetim/kisiler")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8


def test_staff_get_a_letter_to_choose_a_password(app: Flask, admin: Browser) -> None:
    page = open_account(admin, role="staff", language="en")
    assert "Hesap açıldı." in page.text
    [letter] = letters_to("isil@b.example")
    assert letter.subject == "Your Paydaş account is ready"
    theirs = Browser(app, language="")
    typed = {"password": "mavi kapı sessiz deniz"}
    assert (
        "Sign in with it." in theirs.get(link_in(letter)).submit("Save the password", **typed).text
    )
    theirs.get("/giris?dil=en").submit("Sign in", email="isil@b.example", **typed)
    assert theirs.get("/hesabim").h1 == "My account"


def test_a_representative_is_tied_to_an_organisation(app: Flask, admin: Browser) -> None:
    one = OrganizationFactory(name="Çiğli Kadın Derneği")
    page = open_account(admin, role="representative", organization="ÇİĞLİ KADIN DERNEĞİ")
    assert "Çiğli Kadın Derneği" in page.rows()[0]
    user = by_email("isil@b.example")
    assert registry.represented(user) == [one]
    [letter] = letters_to(user.email)
    assert "/giris/baglanti" in letter.text


@pytest.mark.parametrize(
    ("values", "status", "sentence"),
    [
        ({"full_name": "", "email": ""}, 422, "Kişinin adını soyadını yazın."),
        ({"role": "king"}, 422, "Listeden birini seçin."),
        ({"email": "derya@b.example"}, 409, "Bu adresle bir hesap var."),
        ({"role": "staff", "organization": "Mor"}, 409, "Yalnız temsilciler bir kuruluşa"),
        ({"role": "representative", "organization": "Yok"}, 409, "bir kuruluş yok."),
        ({"role": "representative", "organization": "Mor"}, 409, "Mor Çatı; Mor Salkım"),
        ({"full_name": "a" * 201}, 422, "En çok 200 karaktere"),
        ({"full_name": "A\u202eB 10000000146"}, 422, "kimlik numarasına benziyor"),
    ],
)
def test_faults_of_a_new_account_are_named(
    app: Flask, admin: Browser, values: dict[str, str], status: int, sentence: str
) -> None:
    UserFactory(email="derya@b.example")
    OrganizationFactory(name="Mor Çatı")
    OrganizationFactory(name="Mor Salkım")
    page = open_account(admin, status, **values)
    assert sentence in page.text
    assert db.session.scalar(sa.select(User.id).where(User.email == "isil@b.example")) is None


def test_an_account_is_edited_and_signed_out_by_it(app: Flask, admin: Browser) -> None:
    user = UserFactory()
    theirs = Browser(app).sign_in(user)
    page = admin.get(url(user)).submit("Kaydet", full_name="Yeni Ad", role="viewer", language="tr")
    assert "Hesap kaydedildi." in page.text
    assert (by_email(user.email).full_name, by_email(user.email).role) == ("Yeni Ad", Role.VIEWER)
    assert theirs.send("GET", "/hesabim").status_code == 302


def test_a_stale_account_form_shows_both(app: Flask, admin: Browser) -> None:
    user = UserFactory(language="tr")
    page = admin.get(url(user))
    admin.get(url(user)).submit("Kaydet", full_name="İlk Yazan")
    stale = page.submit("Kaydet", 409, full_name="İkinci Yazan")
    assert "Şu anda kayıtlı: İlk Yazan" in stale.text


def test_the_last_administrator_stays(app: Flask, admin: Browser) -> None:
    boss = admin.user
    refused = admin.get(url(boss)).submit("Kaydet", 409, role="staff", language="tr")
    assert "Bu, son sistem yöneticisi." in refused.text
    closing = admin.get(url(boss, "/kapat")).submit("Hesabı kapat", 409)
    assert "Bu, son sistem yöneticisi." in closing.text
    UserFactory(role=Role.ADMIN, active=False)
    admin.get(url(boss, "/kapat")).submit("Hesabı kapat", 409)
    UserFactory(role=Role.ADMIN)
    admin.get(url(boss)).submit("Kaydet", role="staff", language="tr")
    assert by_email(boss.email).role is Role.STAFF


def test_an_account_is_closed_and_opened_again(app: Flask, admin: Browser) -> None:
    user = UserFactory()
    theirs = Browser(app).sign_in(user)
    asked = admin.get(admin.get(url(user)).link("Hesabı kapat"))
    assert "Açık oturumlar hemen biter" in asked.text
    page = asked.submit("Hesabı kapat")
    assert "Hesap kapandı." in page.text
    assert theirs.send("GET", "/hesabim").status_code == 302
    page.submit("Yeniden aç")
    assert by_email(user.email).active


def test_organisations_are_added_and_taken_away(app: Flask, admin: Browser) -> None:
    one, two = OrganizationFactory(name="Mor Çatı"), OrganizationFactory(name="Mavi Kıyı")
    user = represent(one)
    page = admin.get(url(user)).submit("Kuruluşu ekle", organization="mavi kıyı")
    assert len(page.rows()) == 2
    admin.get(url(user)).submit("Kuruluşu ekle", organization="Mavi Kıyı")
    assert registry.represented(user) == [two, one]
    assert (
        "Mor Çatı; "
        not in admin.get(url(user)).submit("Kuruluşu ekle", 409, organization="hiç").text
    )
    admin.get(url(user)).submit("Kaldır : Mor Çatı")
    assert registry.represented(user) == [two]


def test_staff_are_tied_to_nothing(app: Flask, admin: Browser) -> None:
    one, user = OrganizationFactory(), UserFactory()
    page = admin.get(url(user))
    token = page.filled(page.form("Kaydet"))["csrf_token"]
    data = {"csrf_token": token, "organization": one.name}
    admin.post(url(user, "/kuruluslar"), data, 409)
    admin.post(url(user, f"/kuruluslar/{one.public_id}/ayir"), {"csrf_token": token}, 404)


def test_a_password_letter_is_sent_again(app: Flask, admin: Browser) -> None:
    user = UserFactory()
    admin.get(url(user)).submit("Parola bağlantısı gönder")
    admin.get(url(user)).submit("Parola bağlantısı gönder")
    older, newer = letters_to(user.email)
    Browser(app).get(link_in(older), 410)
    Browser(app).get(link_in(newer))


@pytest.mark.parametrize("path", ["", "/yeni", "/xyz", "/xyz/kapat"])
def test_accounts_are_for_administrators(
    staff: Browser, viewer: Browser, browser: Browser, path: str
) -> None:
    for one in (staff, viewer):
        one.get(f"/yonetim/kisiler{path}", 403)
    assert browser.get(f"/yonetim/kisiler{path}").h1 == "Giriş"
