"""The local mailbox catches every letter and shows it to this machine alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from coordinator import create_app
from coordinator.extensions import db
from coordinator.mailbox import store
from coordinator.outbox.delivery import drain
from tests.browser import Browser, counted_statements
from tests.conftest import test_settings
from tests.outbox.letters import CALENDAR, queued


@pytest.fixture
def empty(app: Flask) -> Iterator[None]:
    """A mailbox without letters."""
    shutil.rmtree(store.folder(), ignore_errors=True)
    yield
    shutil.rmtree(store.folder(), ignore_errors=True)


pytestmark = pytest.mark.usefixtures("empty")


def caught(**changes: object) -> str:
    """Deliver a letter into the mailbox and return its name there."""
    number = len(store.names())
    queued(number, **changes)
    assert drain() == 1
    assert len(store.names()) == number + 1
    return store.names()[0]


def test_an_empty_mailbox_says_what_to_do(browser: Browser) -> None:
    page = browser.get("/yerel-posta/")
    assert page.h1 == "Yerel posta kutusu"
    assert "Henüz mektup yok" in page.text


def test_letters_are_listed_newest_first_and_found_by_recipient(browser: Browser) -> None:
    caught(to_name="Işıl Çağ", subject="Birinci mektup")
    caught(to_name="Nermin Su", subject="İkinci mektup")
    rows = browser.get("/yerel-posta/").rows()
    assert ["İkinci" in rows[0], "Birinci" in rows[1], len(rows)] == [True, True, 2]
    found = browser.get("/yerel-posta/", query={"q": "ISIL cag"})
    assert ["Birinci" in row for row in found.rows()] == [True]
    assert len(browser.get("/yerel-posta/", query={"q": "kisi1@"}).rows()) == 1
    assert "Bu alıcıya mektup yok" in browser.get("/yerel-posta/", query={"q": "yok"}).text


def test_a_letter_is_shown_whole(browser: Browser) -> None:
    name = caught(
        text="Sayın Nermin Su,\nhttp://127.0.0.1/davet/abc\n", html='<p><a href="/x">su</a></p>',
        calendar=CALENDAR, calendar_method="REQUEST",
    )  # fmt: skip
    page = browser.get(f"/yerel-posta/{name}")
    assert page.h1 == "25 Kasım’ı birlikte hazırlıyoruz"
    assert "Nermin Su <kisi0@kurulus.example>" in page.text
    assert "İzmir Büyükşehir Belediyesi <paydas@localhost.localdomain>" in page.text
    assert "auto-generated" in page.text
    assert page.link("http://127.0.0.1/davet/abc") == "http://127.0.0.1/davet/abc"
    file = browser.send("GET", page.link("davet.ics"))
    assert file.get_data(as_text=True) == CALENDAR
    assert "attachment" in file.headers["Content-Disposition"]
    assert browser.send("GET", f"/yerel-posta/{name}/ek/1").status_code == 404


def test_the_html_stands_in_a_frame_that_can_do_nothing_but_lead_away(browser: Browser) -> None:
    name = caught(html='<p style="color:red">x</p><script>alert(1)</script>')
    page = browser.get(f"/yerel-posta/{name}")
    frame = page.soup.iframe
    assert frame is not None
    assert "allow-scripts" not in str(frame["sandbox"])
    paper = browser.send("GET", str(frame["src"]))
    policy = paper.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert paper.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert paper.get_data(as_text=True).startswith('<base target="_top">')


def test_it_works_in_english(app: Flask) -> None:
    caught()
    reader = Browser(app, "en")
    assert reader.get("/yerel-posta/").h1 == "Local mailbox"


@pytest.mark.parametrize(
    "name", ["nosuch", "..%2f..%2fsecret_key", "20260101T000000000000-abcdef", "%00", "x" * 500]
)
def test_there_is_nothing_else_to_be_read(browser: Browser, name: str) -> None:
    assert browser.send("GET", f"/yerel-posta/{name}").status_code == 404


@pytest.mark.parametrize(
    "options",
    [
        {"environ_base": {"REMOTE_ADDR": "192.168.1.7"}},
        {"environ_base": {"REMOTE_ADDR": "8.8.8.8"}},
        {"headers": {"X-Forwarded-For": "8.8.8.8"}},
        {"headers": {"Forwarded": "for=8.8.8.8"}},
        {"headers": {"X-Real-IP": "8.8.8.8"}},
    ],
)
def test_nobody_else_sees_it(browser: Browser, options: dict[str, dict[str, str]]) -> None:
    name = caught()
    for path in ("/yerel-posta/", f"/yerel-posta/{name}", f"/yerel-posta/{name}/html"):
        assert browser.send("GET", path, **options).status_code == 404
        assert browser.send("GET", path).status_code == 200


def test_under_the_sites_public_name_it_is_not_there(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["paydas.izmir.bel.tr", "localhost"])
    public = browser.send("GET", "/yerel-posta/", base_url="https://paydas.izmir.bel.tr")
    assert public.status_code == 404
    assert browser.send("GET", "/yerel-posta/", base_url="http://localhost").status_code == 200


def test_with_a_mail_server_there_is_no_mailbox(tmp_path: Path) -> None:
    more = {"MAIL_SERVER": "mail.izmir.bel.tr", "MAIL_DEFAULT_SENDER": "a@izmir.bel.tr"}
    app = create_app(test_settings(f"sqlite:///{tmp_path}/a", tmp_path, **more))
    assert "mailbox" not in app.blueprints


def test_letters_stay_when_the_process_goes(app: Flask, browser: Browser) -> None:
    name = caught()
    assert (store.folder() / f"{name}.eml").read_bytes().startswith(b"X-Caught-For: kisi0@")
    store._listed.cache_clear()
    assert len(browser.get("/yerel-posta/").rows()) == 1


def test_many_letters_come_page_by_page(app: Flask, browser: Browser) -> None:
    for number in range(55):
        queued(number, subject=f"Mektup {number}")
    assert drain() == 55
    with counted_statements() as statements:
        first = browser.get("/yerel-posta/")
    assert len(first.rows()) == 50
    assert len(browser.get(first.link("Sonraki")).rows()) == 5
    assert len(statements) < 5
    assert db.session.is_active
