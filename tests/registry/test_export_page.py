"""The page from which the register is taken out: tables in chosen columns, labels for envelopes."""

import io
from typing import Any

import python_calamine
import sqlalchemy as sa
from flask import Flask

from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry import exports
from coordinator.registry.models import Organization
from tests.browser import Browser
from tests.factories import ContactFactory, OrganizationFactory, district

URL = "/kuruluslar/disa-aktar"
HOSTILE = '#eval("1") *kalın* $x$ <script> ' + "Ğ" * 60


def download(browser: Browser, url: str = URL, **values: Any) -> Any:
    page = browser.get(url)
    sent = {**page.filled(page.form("İndir"), "İndir"), **values}
    return browser.send("POST", url, data=sent)


def table(response: Any) -> list[list[Any]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(response.data))
    return book.get_sheet_by_index(0).to_python()


def test_what_the_filters_leave_comes_as_a_workbook(app: Flask, viewer: Browser) -> None:
    OrganizationFactory(name="Ada Derneği", district=district("Çiğli"))
    OrganizationFactory(name="Ova Derneği", district=district("Konak"))
    page = viewer.get(f"{URL}?ilce=cigli")
    assert "1 kuruluş" in page.text
    assert "Çiğli" in page.text
    response = download(viewer, f"{URL}?ilce=cigli")
    assert response.mimetype == exports.FORMATS["xlsx"]
    assert [row[1] for row in table(response)] == ["Kuruluş adı", "Ada Derneği"]


def test_the_list_leads_to_it_with_its_filters(app: Flask, viewer: Browser) -> None:
    OrganizationFactory(name="Ada Derneği", district=district("Çiğli"))
    page = viewer.get("/kuruluslar?ilce=cigli")
    assert "ilce=cigli" in page.link("Dışa aktar")


def test_only_the_chosen_columns_come(app: Flask, viewer: Browser) -> None:
    one = ContactFactory(full_name="Nermin Su").organization
    ContactFactory(organization=one, full_name="Aylin Demir", is_primary=False)
    response = download(viewer, sutun=["name", "district"])
    assert table(response) == [["Kuruluş adı", "İlçe"], [one.name, "Konak"]]
    with_people = download(viewer, sutun=["name", "person"])
    assert len(table(with_people)) == 3


def test_a_table_without_columns_is_refused_beside_them(app: Flask, viewer: Browser) -> None:
    OrganizationFactory()
    response = download(viewer, sutun=[])
    assert response.status_code == 422
    assert "En az bir sütun seçin." in response.text


def test_csv_opens_in_turkish_excel(app: Flask, viewer: Browser) -> None:
    OrganizationFactory(name="Ada Derneği")
    response = download(viewer, bicim="csv")
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.data.startswith(b"\xef\xbb\xbf")
    assert '"Ada Derneği"' in response.data.decode("utf-8-sig")


def test_that_it_was_taken_out_is_written_down(app: Flask, viewer: Browser) -> None:
    OrganizationFactory()
    download(viewer, bicim="csv")
    line = db.session.scalars(
        sa.select(AuditLine).where(AuditLine.action == "registry.exported")
    ).one()
    assert line.details["kind"] == "csv"


def test_labels_come_as_pdf_for_those_with_an_address(app: Flask, viewer: Browser) -> None:
    ContactFactory(organization=OrganizationFactory(name="Ada", address="Uzun sokak 1\nKat 2"))
    OrganizationFactory(name=HOSTILE, address="x" * 500)
    OrganizationFactory(name="Adressiz")
    for sheet in exports.SHEETS:
        response = download(viewer, bicim="etiket", kagit=sheet, ilk="3")
        assert response.mimetype == "application/pdf"
        assert response.data.startswith(b"%PDF")
    made = exports.labels(sa.select(Organization), "24")
    assert (made.count, made.without_address) == (2, 1)


def test_labels_without_any_address_are_refused(app: Flask, viewer: Browser) -> None:
    OrganizationFactory()
    response = download(viewer, bicim="etiket")
    assert response.status_code == 409
    assert "Bu kuruluşların hiçbirinin posta adresi yok." in response.text


def test_nothing_found_says_so(app: Flask, viewer: Browser) -> None:
    assert "Böyle bir kuruluş yok" in viewer.get(f"{URL}?ara=olmayan").text


def test_who_may(app: Flask, browser: Browser, viewer: Browser) -> None:
    assert browser.send("GET", URL).status_code == 302
    OrganizationFactory()
    assert download(viewer, bicim="exe").status_code == 422
