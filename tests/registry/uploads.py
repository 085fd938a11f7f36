"""The import's pages as a person walks through them."""

from io import BytesIO

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.registry.models import ImportBatch, Organization
from tests.browser import Browser, Page

UPLOAD = "/kuruluslar/ice-aktar"


def said(browser: Browser, turkish: str, english: str) -> str:
    cookie = browser.client.get_cookie("dil")
    return english if cookie and cookie.value == "en" else turkish


def upload(browser: Browser, content: bytes, name: str = "liste.csv", status: int = 200) -> Page:
    button = said(browser, "Listeyi oku", "Read the list")
    return browser.get(UPLOAD).submit(button, status, file=(BytesIO(content), name))


def preview(browser: Browser, content: bytes, name: str = "liste.csv") -> Page:
    button = said(browser, "Ne olacağını göster", "Show what will happen")
    return upload(browser, content, name).submit(button)


def organization(name: str) -> Organization:
    return db.session.execute(sa.select(Organization).filter_by(name=name)).scalar_one()


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def batch() -> ImportBatch:
    return db.session.scalars(sa.select(ImportBatch).order_by(ImportBatch.id.desc())).first()
