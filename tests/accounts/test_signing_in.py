"""Signing in with a password, and out; what a saved cookie is worth afterwards."""

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coordinator import guessing
from coordinator.access import Role
from coordinator.accounts import operations, passwords
from coordinator.accounts.models import SignInAttempt, UserSession
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from tests.accounts.parts import PASSWORD, with_password
from tests.browser import Browser, Page
from tests.factories import UserFactory


def try_in(browser: Browser, email: str, password: str = PASSWORD, status: int = 200) -> Page:
    return browser.get("/giris").submit("Giriş yap", status, email=email, password=password)


def sid(browser: Browser) -> str | None:
    with browser.client.session_transaction() as cookie:
        return cookie.get("sid")


def sessions() -> int:
    return db.session.scalar(sa.select(sa.func.count(UserSession.id))) or 0


def test_staff_sign_in_and_out(app: Flask, browser: Browser) -> None:
    user = with_password(full_name="Derya Tuna", email="derya@belediye.example")
    page = try_in(browser, " DERYA@Belediye.example ")
    assert "Derya Tuna" in page.text
    assert user.last_sign_in_at is not None
    assert user.version == 1
    out = browser.get("/hesabim").submit("Çıkış")
    assert out.h1 == "Giriş"
    assert sessions() == 0
    done = list(db.session.scalars(sa.select(AuditLine.action).order_by(AuditLine.id)))
    assert done == ["account.signed_in", "account.signed_out"]


def test_a_representative_with_a_password_may_use_it(app: Flask, browser: Browser) -> None:
    user = with_password(role=Role.REPRESENTATIVE)
    try_in(browser, user.email)
    assert browser.get("/hesabim").h1 == "Hesabım"


def test_a_wrong_password_says_the_same_whoever_it_is(app: Flask) -> None:
    known, closed = with_password(), with_password(active=False)
    without, representative = UserFactory(), UserFactory(role=Role.REPRESENTATIVE)
    texts = set()
    for email in (known.email, closed.email, without.email, representative.email, "x@y.example"):
        page = try_in(Browser(app), email, "başka bir parola", status=422)
        texts.add(page.text)
        assert page.soup.find(id="email")["value"] == email
        assert not page.soup.find(id="password").get("value")
        page.soup.find(id="email")["value"] = ""
    assert len(texts) == 1
    assert "Adres ile parola uyuşmuyor." in texts.pop()
    assert sessions() == 0


def test_the_same_work_is_done_for_known_and_unknown(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = []
    compare = passwords.matches
    monkeypatch.setattr(
        passwords, "matches", lambda one, typed: stored.append(one) or compare(one, typed)
    )
    closed = with_password(active=False)
    for email in (closed.email, "x@y.example", UserFactory().email):
        try_in(Browser(app), email, status=422)
    assert stored == [None, None, None]


def test_empty_fields_are_named(app: Flask, browser: Browser) -> None:
    page = browser.get("/giris").submit("Giriş yap", 422)
    assert "E-posta adresinizi yazın." in page.text
    assert "Parolanızı yazın." in page.text
    page = browser.get("/giris", query={"dil": "en"}).submit("Sign in", 422, email="at nothing")
    assert "Tek bir e-posta adresi yazın" in page.text


def test_a_new_session_begins_at_each_sign_in(app: Flask, browser: Browser) -> None:
    user = with_password()
    browser.get("/giris")
    try_in(browser, user.email)
    first = sid(browser)
    browser.post("/cikis", {"csrf_token": token(browser)})
    try_in(browser, user.email)
    assert first
    assert sid(browser) not in (None, first)


def token(browser: Browser) -> str:
    return str(browser.get("/hesabim").soup.find("input", attrs={"name": "csrf_token"})["value"])


def test_a_saved_cookie_is_refused_after_signing_out(app: Flask, browser: Browser) -> None:
    try_in(browser, with_password().email)
    saved = browser.client.get_cookie("paydas").value
    browser.get("/hesabim").submit("Çıkış")
    thief = Browser(app)
    thief.client.set_cookie("paydas", saved)
    assert thief.send("GET", "/hesabim").headers["Location"] == "/giris?next=/hesabim"


@pytest.mark.parametrize("deed", ["close", "role", "address", "password"])
def test_a_saved_cookie_is_refused_after(app: Flask, browser: Browser, deed: str) -> None:
    user = with_password()
    browser.sign_in(user)
    values = {"full_name": "A", "email": user.email, "role": Role.STAFF, "language": "tr"}
    if deed == "close":
        operations.close_account(user, actor=COMMAND)
    elif deed == "password":
        operations.send_password_link(user, actor=COMMAND)
        link = db.session.scalars(sa.select(operations.passwords.PersonalLink)).one()
        operations.choose_password(link, user, password="dört sözcük yan yana")
    else:
        values |= {"role": Role.VIEWER} if deed == "role" else {"email": "yeni@a.example"}
        operations.edit_account(user, **values, version=user.version, actor=COMMAND)
    assert browser.send("GET", "/hesabim").status_code == 302


def test_sessions_end_when_idle_and_after_a_day_of_work(app: Flask, browser: Browser) -> None:
    user = with_password()
    with time_machine.travel("2026-11-03 08:00 +0300", tick=False) as clock:
        browser.sign_in(user)
        clock.shift(119 * 60)
        assert browser.send("GET", "/hesabim").status_code == 200
        clock.shift(119 * 60)
        assert browser.send("GET", "/hesabim").status_code == 200
        clock.shift(121 * 60)
        assert browser.send("GET", "/hesabim").status_code == 302
    with time_machine.travel("2026-11-03 08:00 +0300", tick=False) as clock:
        browser.sign_in(user)
        for _hour in range(11):
            clock.shift(3600)
            assert browser.send("GET", "/hesabim").status_code == 200
        clock.shift(3601)
        assert browser.send("GET", "/hesabim").status_code == 302


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/hesabim?a=b", "/hesabim?a=b"), ("//evil.example", "/"), ("https://evil.example", "/"),
        ("/\\evil.example", "/"), ("javascript:alert(1)", "/"), ("/%0d%0aX: y", "/"),
        ("/\t/evil.example", "/"), ("", "/"),
    ],
)  # fmt: skip
def test_people_come_back_to_where_they_were_on_this_site_only(
    app: Flask, browser: Browser, wanted: str, reached: str
) -> None:
    user = with_password()
    form = browser.get("/giris", query={"next": wanted})
    data = {**form.filled(form.form("Giriş yap")), "email": user.email, "password": PASSWORD}
    answer = browser.send("POST", form.form("Giriş yap")["action"], data=data)
    assert answer.headers["Location"] == reached


def test_ten_wrong_passwords_are_judged_and_the_right_one_after_them_is_not(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = with_password()
    judged = []
    compare = passwords.matches
    monkeypatch.setattr(
        passwords, "matches", lambda one, typed: judged.append(typed) or compare(one, typed)
    )
    with time_machine.travel("2026-11-03 08:00 +0300", tick=False) as clock:
        for number in range(10):
            machine = Browser(app)
            machine.client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
            try_in(machine, user.email, "yanlış", status=422)
        stranger = Browser(app)
        stranger.client.environ_base["REMOTE_ADDR"] = "10.9.9.9"
        page = try_in(stranger, user.email, status=429)
        assert "Çok fazla deneme oldu. Beş dakika bekleyin" in page.text
        assert len(judged) == 10
        clock.shift(5 * 60 + 1)
        assert try_in(stranger, user.email).response.status_code == 200
        assert len(judged) == 11


def test_one_machine_may_try_ten_accounts_and_no_forwarded_name_helps(
    app: Flask, browser: Browser
) -> None:
    for number in range(10):
        try_in(browser, f"a{number}@b.example", status=422)
    form = browser.get("/giris")
    data = {**form.filled(form.form("Giriş yap")), "email": "k@b.example", "password": "x"}
    forged = {"X-Forwarded-For": "8.8.8.8", "Forwarded": "for=8.8.8.8", "X-Real-IP": "8.8.8.8"}
    assert browser.send("POST", "/giris", data=data, headers=forged).status_code == 429
    browser.client.environ_base["REMOTE_ADDR"] = "10.0.0.2"
    assert browser.send("POST", "/giris", data=data).status_code == 422


def test_addresses_of_one_ipv6_network_count_as_one_machine(app: Flask) -> None:
    for number in range(11):
        with app.test_request_context(environ_base={"REMOTE_ADDR": f"2001:db8::{number + 1:x}"}):
            assert guessing.machine() == "2001:db8::/64"
    with app.test_request_context(environ_base={"REMOTE_ADDR": "2001:db8:0:1::1"}):
        assert guessing.machine() == "2001:db8:0:1::/64"


def test_right_passwords_use_no_tries_up_and_refused_ones_leave_no_trace(
    app: Flask, browser: Browser
) -> None:
    user = with_password()
    for _time in range(12):
        try_in(Browser(app), user.email)
    assert tries() == 0
    for _time in range(10):
        try_in(browser, user.email, "yanlış", status=422)
    for _time in range(3):
        try_in(browser, user.email, "yanlış", status=429)
    assert tries() == 10


def tries() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(SignInAttempt.id))) or 0


def test_tries_keep_neither_address_nor_machine_readable(app: Flask, browser: Browser) -> None:
    try_in(browser, "gizli@b.example", "yanlış", status=422)
    row = db.session.execute(sa.select(SignInAttempt.email_hash, SignInAttempt.machine_hash)).one()
    assert all(len(mark) == 64 for mark in row)


def test_a_failed_sign_in_is_in_the_audit_without_what_was_typed(
    app: Flask, browser: Browser
) -> None:
    user = with_password()
    try_in(browser, user.email, "sızan parola", status=422)
    try_in(browser, "yabanci@b.example", "sızan parola", status=422)
    lines = list(db.session.scalars(sa.select(AuditLine).order_by(AuditLine.id)))
    assert [line.action for line in lines] == ["account.sign_in_failed"] * 2
    assert [line.subject_id for line in lines] == [user.id, None]
    written = " ".join(f"{x.actor_name} {x.subject_name} {x.details} {x.search_key}" for x in lines)
    assert "sızan" not in written
    assert "yabanci" not in written


def test_who_is_signed_in_is_led_on(app: Flask, staff: Browser) -> None:
    answer = staff.send("GET", "/giris?next=/hesabim")
    assert answer.headers["Location"] == "/hesabim"
