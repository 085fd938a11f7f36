"""What every answer says to the browser: pages, redirects, errors, files, links."""

import pytest
from flask import Flask, abort
from werkzeug.test import TestResponse

from coordinator import create_app
from tests.browser import Browser
from tests.conftest import test_settings
from tests.test_access import visitor
from tests.world import ABSENT, address, build_world, rules

STRICT = {
    "default-src": {"'self'"},
    "object-src": {"'none'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "form-action": {"'self'"},
}
LOOSE = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "http:", "https:", "*", "data:")


def policy(answer: TestResponse) -> dict[str, set[str]]:
    """Return the answer's content security policy by directive."""
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {words[0]: set(words[1:]) for words in parts if words}


def faults(answer: TestResponse) -> list[str]:
    """Return what the answer's headers fail to say."""
    if "Content-Security-Policy" not in answer.headers:
        return ["no policy"]
    said = policy(answer)
    if "sandbox" in said:
        wrong = [] if said["default-src"] <= {"'none'", "'self'"} else ["a loose sandbox"]
    else:
        wrong = [name for name, value in STRICT.items() if said.get(name) != value]
        wrong += [word for word in LOOSE if word in said["script-src"]]
        wrong += ["style" for word in LOOSE[:3] if word in said["style-src"]]
    for name, value in (("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY")):
        if answer.headers.get(name) != value:
            wrong.append(name)
    if answer.headers.get("Referrer-Policy") not in {"no-referrer", "same-origin"}:
        wrong.append("Referrer-Policy")
    if "Cross-Origin-Opener-Policy" not in answer.headers:
        wrong.append("Cross-Origin-Opener-Policy")
    return wrong


@pytest.mark.in_turn
@pytest.mark.parametrize("identity", ["anonymous", "staff", "representative"])
def test_every_answer_carries_the_headers(app: Flask, identity: str) -> None:
    world, who = build_world(), visitor(app, identity)
    wrong = []
    for rule in rules(app):
        here = world.of(rule)
        for method, values in (("GET", here), ("GET", ABSENT), ("POST", here), ("DELETE", here)):
            answer = who.browser.client.open(address(rule, values), method=method)
            if found := faults(answer):
                wrong.append(f"{method} {rule.rule} {answer.status_code}: {found}")
    assert wrong == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/static/logo.svg", 200), ("/static/yok.css", 404), ("/htmx.js", 200), ("/icons.svg", 200),
        ("/bootstrap/static/css/bootstrap.min.css", 200), ("/yok", 404), ("/%2e%2e/etc", 404),
        ("/saglik", 200),
    ],
)  # fmt: skip
def test_files_and_lost_pages_carry_them_too(browser: Browser, path: str, status: int) -> None:
    answer = browser.send("GET", path)
    assert answer.status_code == status
    assert faults(answer) == []


def test_the_page_of_our_own_mistakes_carries_them_too(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("planted")

    def too_large() -> None:
        abort(413)

    fail.access = too_large.access = None  # type: ignore[attr-defined]
    for view, status in ((fail, 500), (too_large, 413)):
        monkeypatch.setitem(app.view_functions, "institution.accessibility", view)
        answer = browser.send("GET", "/erisilebilirlik")
        assert answer.status_code == status
        assert faults(answer) == []
        text = answer.get_data(as_text=True)
        assert "planted" not in text
        assert "Traceback" not in text


def test_each_answer_has_its_own_nonce(browser: Browser) -> None:
    first, second = (policy(browser.send("GET", "/giris"))["script-src"] for _time in range(2))
    assert first != second
    assert all(len(word) >= 22 for word in first if word.startswith("'nonce-"))


def test_an_unknown_host_is_refused(browser: Browser) -> None:
    for name in ("evil.example", "127.0.0.1.evil.example"):
        answer = browser.send("GET", "/giris", headers={"Host": name})
        assert answer.status_code == 400
        assert "evil" not in answer.get_data(as_text=True)
    answer = browser.send("GET", "/yonetim", headers={"X-Forwarded-Host": "evil.example"})
    assert "evil" not in answer.headers["Location"]


def test_pages_of_the_signed_in_are_kept_by_nobody(app: Flask, staff: Browser) -> None:
    for path in ("/", "/yonetim", "/hesabim", "/kuruluslar", "/yok"):
        headers = staff.send("GET", path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert "Cookie" in headers["Vary"], path


def test_cookies_stay_with_this_site(app: Flask, staff: Browser) -> None:
    lines = Browser(app).send("GET", "/giris").headers.getlist("Set-Cookie")
    page = staff.get("/hesabim")
    token = page.filled(page.form("Kaydet"))["csrf_token"]
    for path, field in (("/dil", "language"), ("/tema", "theme")):
        data = {"csrf_token": token, field: {"language": "en", "theme": "dark"}[field]}
        lines += staff.send("POST", path, data=data).headers.getlist("Set-Cookie")
    assert len(lines) >= 3
    assert [line for line in lines if "HttpOnly" not in line or "SameSite=Lax" not in line] == []


def test_over_https_cookies_are_bound_and_the_browser_is_held_to_it(
    house: Flask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = test_settings(
        house.config["SQLALCHEMY_DATABASE_URI"].replace("postgresql+psycopg", "postgresql"),
        tmp_path_factory.mktemp("https"),
        BASE_URL="https://paydas.izmir.bel.tr",
        SECRET_KEY="k3Yz0pQ7vN1xW9sB" * 3,
    )
    secure = create_app(settings)
    answer = secure.test_client().get("/htmx.js", base_url="https://paydas.izmir.bel.tr")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert secure.config["SESSION_COOKIE_NAME"] == "__Host-paydas"
    assert secure.config["SESSION_COOKIE_SECURE"] is True
