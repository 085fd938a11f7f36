"""Signing in with a letter's link, and new passwords by one."""

import sqlalchemy as sa
import time_machine
from flask import Flask

from coordinator.access import Role
from coordinator.accounts.models import User, UserSession
from coordinator.extensions import db
from coordinator.outbox.models import OutboxLetter
from tests.accounts.parts import PASSWORD, letters_to, link_in, with_password
from tests.accounts.test_signing_in import try_in
from tests.browser import Browser, Page
from tests.factories import ContactFactory, OrganizationFactory, UserFactory, represent


def ask(browser: Browser, email: str, path: str = "/giris/baglanti") -> Page:
    return browser.get(path).submit("Bağlantıyı gönder", email=email)


def letters() -> int:
    return db.session.scalar(sa.select(sa.func.count(OutboxLetter.id))) or 0


def test_a_representative_comes_in_by_a_letter(app: Flask, browser: Browser) -> None:
    user = represent(OrganizationFactory())
    user.full_name = "Nermin Su"
    page = ask(browser, user.email)
    assert page.h1 == "Postanıza bakın"
    [letter] = letters_to(user.email)
    assert letter.subject == "Giriş bağlantınız"
    assert "Sayın Nermin Su," in letter.text
    before = browser.get(link_in(letter))
    assert "Nermin Su olarak giriyorsunuz." in before.text
    assert db.session.scalar(sa.select(UserSession.id)) is None
    before.submit("Giriş yap")
    assert browser.get("/hesabim").h1 == "Hesabım"


def test_the_link_works_once_and_for_half_an_hour(app: Flask, browser: Browser) -> None:
    user = UserFactory(role=Role.REPRESENTATIVE)
    with time_machine.travel("2026-11-03 08:00 +0300", tick=False) as clock:
        ask(browser, user.email)
        path = link_in(letters_to(user.email)[-1])
        clock.shift(29 * 60)
        page = browser.get(path)
        page.submit("Giriş yap")
        gone = Browser(app).get(path, 410)
        assert gone.h1 == "Bu bağlantı artık geçerli değil"
        assert gone.link("Yeni bağlantı iste") == "/giris/baglanti"
        ask(browser, user.email)
        path = link_in(letters_to(user.email)[-1])
        clock.shift(31 * 60)
        Browser(app).get(path, 410)


def test_a_newer_link_ends_the_older(app: Flask, browser: Browser) -> None:
    user = UserFactory(role=Role.REPRESENTATIVE)
    ask(browser, user.email)
    ask(browser, user.email)
    older, newer = (link_in(letter) for letter in letters_to(user.email))
    browser.get(older, 410)
    browser.get(newer)


def test_links_of_closed_accounts_and_foreign_tokens_open_nothing(
    app: Flask, browser: Browser
) -> None:
    user = UserFactory(role=Role.REPRESENTATIVE)
    ask(browser, user.email)
    path = link_in(letters_to(user.email)[0])
    browser.get(path[:-1] + ("A" if path[-1] != "A" else "B"), 404)
    browser.get("/giris/" + "x" * 43, 404)
    browser.get("/giris/kisa", 404)
    browser.get(path.replace("/giris/", "/giris/parola/"), 404)
    user.active = False
    browser.get(path, 410)


def test_the_answer_is_the_same_whoever_asks(app: Flask) -> None:
    representative, staff = UserFactory(role=Role.REPRESENTATIVE), with_password()
    closed = UserFactory(role=Role.REPRESENTATIVE, active=False)
    for path in ("/giris/baglanti", "/giris/parola"):
        pages = {
            ask(Browser(app), email, path).text
            for email in (representative.email, staff.email, closed.email, "kimse@b.example")
        }
        assert len(pages) == 1
    assert [letter.kind for letter in letters_to(representative.email)] == ["account_sign_in"]
    assert {letter.kind for letter in letters_to(staff.email)} == {"account_choose_password"}
    assert letters_to(closed.email) == []
    assert letters_to("kimse@b.example") == []


def test_look_alike_addresses_get_nothing(app: Flask) -> None:
    UserFactory(role=Role.REPRESENTATIVE, email="mike@b.example")
    pairs = ("mıke@b.example", "mike@b.example.", "mike@b.exаmple", "mİke@b.example")
    for number, email in enumerate(pairs):
        other = Browser(app)
        other.client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
        other.get("/giris/baglanti").submit("Bağlantıyı gönder", 422, email=email)
    assert letters() == 0


def test_a_contact_without_an_account_gets_one_by_asking(app: Flask, browser: Browser) -> None:
    contact = ContactFactory(email="yeni@kurulus.example", preferred_language="en")
    ask(browser, "YENI@kurulus.example")
    [letter] = letters_to(contact.email)
    assert letter.subject == "Your sign-in link"
    page = Browser(app, language="").get(link_in(letter))
    assert page.h1 == "Welcome"
    page.submit("Sign in")
    user = db.session.scalars(sa.select(User).where(User.email == contact.email)).one()
    assert user.role is Role.REPRESENTATIVE


def test_five_letters_an_hour_are_enough(app: Flask, browser: Browser) -> None:
    user = UserFactory(role=Role.REPRESENTATIVE)
    for _time in range(8):
        ask(browser, user.email)
    assert len(letters_to(user.email)) == 5


def test_a_machine_asks_ten_times_in_five_minutes(app: Flask, browser: Browser) -> None:
    for number in range(10):
        ask(browser, f"a{number}@b.example")
    browser.get("/giris/baglanti").submit("Bağlantıyı gönder", 429, email="b@b.example")


def test_the_link_leads_where_one_wanted_to_go(app: Flask, browser: Browser) -> None:
    user = UserFactory(role=Role.REPRESENTATIVE)
    browser.get("/hesabim").browser.get("/giris/baglanti", query={"next": "/hesabim"}).submit(
        "Bağlantıyı gönder", email=user.email
    )
    page = browser.get(link_in(letters_to(user.email)[0]))
    assert page.submit("Giriş yap").h1 == "Hesabım"


def test_pages_behind_links_are_private(app: Flask, browser: Browser) -> None:
    user = UserFactory(role=Role.REPRESENTATIVE)
    ask(browser, user.email)
    headers = browser.send("GET", link_in(letters_to(user.email)[0])).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_forgotten_password_is_chosen_anew(app: Flask, browser: Browser) -> None:
    user = with_password()
    elsewhere = Browser(app).sign_in(user)
    ask(browser, user.email, "/giris/parola")
    path = link_in(letters_to(user.email)[0])
    short = browser.get(path).submit("Parolayı kaydet", 409, password="kısa")
    assert "En az 8 karakterlik bir parola seçin." in short.text
    page = browser.get(path).submit("Parolayı kaydet", password="yeni kapı eski anahtar")
    assert "Yeni parolanız kaydedildi." in page.text
    assert page.h1 == "Giriş"
    assert elsewhere.send("GET", "/hesabim").status_code == 302
    try_in(browser, user.email, PASSWORD, status=422)
    try_in(browser, user.email, "yeni kapı eski anahtar")
    assert letters_to(user.email)[-1].subject == "Parolanız değişti"
    Browser(app).get(path, 410)


def test_a_reset_gives_the_owner_the_tries_back(app: Flask, browser: Browser) -> None:
    user = with_password()
    for number in range(10):
        other = Browser(app)
        other.client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
        try_in(other, user.email, "yanlış", status=422)
    try_in(browser, user.email, status=429)
    ask(browser, user.email, "/giris/parola")
    browser.get(link_in(letters_to(user.email)[0])).submit(
        "Parolayı kaydet", password="yeni kapı eski anahtar"
    )
    try_in(browser, user.email, "yeni kapı eski anahtar")


def test_a_reset_link_lasts_an_hour(app: Flask, browser: Browser) -> None:
    user = with_password()
    with time_machine.travel("2026-11-03 08:00 +0300", tick=False) as clock:
        ask(browser, user.email, "/giris/parola")
        path = link_in(letters_to(user.email)[0])
        clock.shift(59 * 60)
        browser.get(path)
        clock.shift(2 * 60)
        assert browser.get(path, 410).link("Yeni bağlantı iste") == "/giris/parola"


def test_representatives_get_no_password_letter(app: Flask, browser: Browser) -> None:
    user = UserFactory(role=Role.REPRESENTATIVE)
    ask(browser, user.email, "/giris/parola")
    assert letters() == 0
