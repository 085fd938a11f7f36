"""The first visit: every page leads to the set-up until the copy is somebody's."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.institution.models import Institution
from tests.browser import Browser, Page
from tests.factories import UserFactory

TYPED = {
    "name": "Örnek Belediyesi", "unit": "Kadın Çalışmaları", "city": "Örnek",
    "phone": "0232 293 12 00", "email": "kadin@b.example", "full_name": "Derya Tuna",
    "own_email": "DERYA@b.example", "password": "mavi kapı sessiz deniz",
}  # fmt: skip


@pytest.fixture
def empty(app: Flask) -> Flask:
    """The application as nobody has used it yet."""
    db.session.execute(sa.delete(Institution))
    db.session.commit()
    app.extensions.pop("paydas_set_up", None)
    return app


def set_up(browser: Browser, status: int = 200, **changed: str) -> Page:
    return browser.get("/kur").submit("Kaydet ve gir", status, **{**TYPED, **changed})


@pytest.mark.parametrize("path", ["/", "/giris", "/yonetim", "/kuruluslar", "/kisisel-veriler"])
def test_every_page_leads_to_the_set_up(empty: Flask, browser: Browser, path: str) -> None:
    answer = browser.send("GET", path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kur")


@pytest.mark.parametrize("path", ["/htmx.js", "/icons.svg", "/static/logo.svg"])
def test_looks_are_served_before(empty: Flask, browser: Browser, path: str) -> None:
    assert browser.send("GET", path).status_code == 200


def test_the_first_visitor_becomes_administrator(empty: Flask, browser: Browser) -> None:
    page = set_up(browser)
    assert "Paydaş hazır." in page.text
    assert browser.get("/yonetim/kurum").soup.find(id="phone")["value"] == "0232 293 12 00"
    user = db.session.scalars(sa.select(User)).one()
    assert (user.role, user.email, user.full_name) == (Role.ADMIN, "derya@b.example", "Derya Tuna")
    assert db.session.get_one(Institution, 1).unit == "Kadın Çalışmaları"
    deeds = list(db.session.scalars(sa.select(AuditLine.action).order_by(AuditLine.id)))
    assert deeds[:2] == ["institution.founded", "account.created"]
    Browser(empty).get("/kur", 404)


def test_what_is_missing_is_named_and_what_was_typed_stays(empty: Flask, browser: Browser) -> None:
    page = set_up(browser, 422, name="", own_email="derya@")
    assert "Kurumun adını yazın." in page.text
    assert "Tek bir e-posta adresi yazın" in page.text
    assert page.soup.find(id="unit")["value"] == "Kadın Çalışmaları"
    page = set_up(browser, 409, password="parola123")
    assert "Bu parola ilk denenenlerden." in page.text
    assert db.session.scalar(sa.select(sa.func.count(User.id))) == 0
    assert db.session.get(Institution, 1) is None


def test_it_is_done_in_english_too(empty: Flask) -> None:
    page = Browser(empty, language="en").get("/kur")
    assert page.h1 == "Set Paydaş up"
    assert "Write the institution’s name." in page.submit("Save and sign in", 422).text


def test_of_two_who_try_one_succeeds(empty: Flask, browser: Browser) -> None:
    other = Browser(empty).get("/kur")
    set_up(browser)
    other.submit("Kaydet ve gir", 404, **{**TYPED, "own_email": "baska@b.example"})
    assert db.session.scalar(sa.select(sa.func.count(User.id))) == 1


def test_who_can_be_administered_is_not_set_up_again(empty: Flask, browser: Browser) -> None:
    boss = UserFactory(role=Role.ADMIN)
    browser.get("/kur", 404)
    page = browser.sign_in(boss).get("/yonetim")
    assert "Kurumun adı henüz yazılmadı." in page.text
    form = browser.get("/yonetim/kurum")
    form.submit("Kaydet", name="Örnek Belediyesi", unit="Kadın Çalışmaları")
    assert db.session.get_one(Institution, 1).name == "Örnek Belediyesi"
