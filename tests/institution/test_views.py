"""The privacy notice and the accessibility statement, for everybody."""

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.institution.models import Institution
from tests.browser import Browser


@pytest.mark.parametrize(
    ("language", "title", "mark"),
    [("tr", "Kişisel verileriniz", "Bu, hazır bir metindir."),
     ("en", "Your personal data", "A default text.")],
)  # fmt: skip
def test_the_default_notice_is_marked_as_such(
    app: Flask, language: str, title: str, mark: str
) -> None:
    page = Browser(app, language).get("/kisisel-veriler")
    assert page.h1 == title
    assert mark in page.text
    assert "0232 000 00 00" in page.text


def test_the_institutions_own_notice_takes_its_place(app: Flask, browser: Browser) -> None:
    db.session.get_one(Institution, 1).privacy_notice = "Bizim <b>metnimiz</b>.\nİkinci satır."
    page = browser.get("/kisisel-veriler")
    assert "Bizim <b>metnimiz</b>." in page.text
    assert "hazır bir metindir" not in page.text


@pytest.mark.parametrize(
    ("language", "title"), [("tr", "Erişilebilirlik"), ("en", "Accessibility")]
)
def test_the_accessibility_statement_says_how_to_reach_us(
    app: Flask, language: str, title: str
) -> None:
    page = Browser(app, language).get("/erisilebilirlik")
    assert page.h1 == title
    assert page.link("kadin@belediye.example") == "mailto:kadin@belediye.example"


def test_both_are_linked_from_the_foot_of_public_pages(browser: Browser) -> None:
    page = browser.get("/giris")
    assert page.link("Kişisel verileriniz") == "/kisisel-veriler"
    assert page.link("Erişilebilirlik") == "/erisilebilirlik"
