"""The register as a file: text and never a formula, and what is read back is what was there."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import python_calamine
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator import clock
from coordinator.extensions import db
from coordinator.i18n import LANGUAGES
from coordinator.registry import exports, listing
from coordinator.registry.importing.reading.columns import field_of
from coordinator.registry.importing.reading.delimited import defused, restored
from coordinator.registry.models import (
    Channel,
    Contact,
    Organization,
    OrgStatus,
    OrgType,
    WorkArea,
)
from coordinator.wording import holds_tckn, many_lines, one_line
from tests.browser import counted_statements
from tests.factories import ContactFactory, OrganizationFactory, district
from tests.registry.lists import save

PAYLOADS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1", "＠x",
    "'=1+1", "''=1", 'a";=1+1', "a;=1+1", "a,=1+1", "-", "'", "_x0041_", "=HYPERLINK(\"x\")",
]  # fmt: skip


def everything() -> Any:
    return listing.found(listing.Filters())


def exported(kind: str) -> bytes:
    return exports.as_file(kind, everything())


def picture() -> list[Any]:
    """Return all that the register holds, as a file should bring it back."""
    db.session.expire_all()
    found = db.session.scalars(sa.select(Organization).order_by(Organization.name))
    return [
        (
            one.name, one.short_name, one.org_type, one.status, one.registry_no, one.district_id,
            one.address, one.website, one.email, one.phone, one.founded_year,
            one.unreadable_email, one.notes, one.work_area_codes,
            [
                (
                    person.full_name, person.position, person.email, person.phone,
                    person.preferred_channel, person.preferred_language, person.is_primary,
                )
                for person in sorted(one.active_contacts, key=lambda c: c.full_name)
            ],
        )
        for one in found
    ]  # fmt: skip


def empty_register() -> None:
    db.session.execute(sa.delete(Organization))
    db.session.commit()


def full_organization() -> Organization:
    areas = db.session.scalars(sa.select(WorkArea).where(WorkArea.code.in_(["legal", "culture"])))
    one = OrganizationFactory(
        name="ADA ve Ova KADINLARI", short_name="-", org_type=OrgType.NETWORK,
        status=OrgStatus.PASSIVE, registry_no="35-001-002", district=district("Çiğli"),
        address="Uzun sokak 1; daire 2", website="http://ada.example/a?b=1",
        email="ada@posta.example", phone="+902324217590;ext=12", founded_year=1998,
        unreadable_email="eski(at)posta", notes="=1+1\n\n-not\nÇalışma alanları (dosyadan): x",
        work_areas=list(areas),
    )  # fmt: skip
    ContactFactory(organization=one, full_name="Su", position="-", phone="153")
    ContactFactory(
        organization=one, full_name="Ali", is_primary=False, phone="+442079460018",
        preferred_channel=Channel.PHONE, preferred_language="en", email="",
    )  # fmt: skip
    return one


@pytest.mark.in_turn
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
class TestThereAndBack:
    @pytest.fixture(autouse=True)
    def in_language(self, app: Flask, language: str) -> Iterator[None]:
        with app.test_request_context(headers={"Cookie": f"dil={language}"}):
            yield

    def test_read_again_it_changes_nothing(self, kind: str, language: str) -> None:
        full_organization()
        OrganizationFactory(name="Yok")
        before = picture()
        told = save(exported(kind), f"liste.{kind}").counts
        assert (told["new"], told["changed"], told["same"]) == (0, 0, 3)
        assert picture() == before

    def test_read_into_an_empty_register_it_is_all_there(self, kind: str, language: str) -> None:
        full_organization()
        OrganizationFactory(name="Kadın Meclisi", district=district("Konak"))
        OrganizationFactory(name="Kadın Meclisi", district=district("Konak"))
        before, content = picture(), exported(kind)
        empty_register()
        save(content, f"liste.{kind}")
        assert picture() == before

    def test_formulas_come_back_as_they_were(self, kind: str, language: str) -> None:
        for number, text in enumerate(PAYLOADS):
            one = OrganizationFactory(name=f"{text} {number}", notes=text, address=text)
            ContactFactory(organization=one, full_name=f"{text} {number}", position=text)
        before, content = picture(), exported(kind)
        empty_register()
        save(content, f"liste.{kind}")
        assert picture() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_import_knows_each_heading(app: Flask, language: str) -> None:
    with app.test_request_context(headers={"Cookie": f"dil={language}"}):
        assert [field_of(text) for text in exports.headings()] == list(exports.COLUMNS)


def test_no_cell_of_a_workbook_is_a_formula(app: Flask) -> None:
    for text in PAYLOADS:
        OrganizationFactory(name=text, notes=text)
    content = exported("xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = [cell for row in book.get_sheet_by_index(0).to_python()[1:] for cell in row]
    assert set(PAYLOADS) <= set(cells)
    assert all(isinstance(cell, str) for cell in cells)


def test_no_cell_of_a_text_begins_like_a_formula(app: Flask) -> None:
    for text in PAYLOADS:
        OrganizationFactory(name=text, notes=text)
    text = exported("csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text), delimiter=";"):
        assert not [cell for cell in row if cell[:1] in set("=+-@\t\r＝＋－＠") and cell]
    assert exported("csv").startswith(b"\xef\xbb\xbf")


def test_phones_can_be_read(app: Flask) -> None:
    OrganizationFactory(name="Ada", phone="+902324217590;ext=12")
    assert "0232 421 75 90 dahili 12" in exported("csv").decode("utf-8-sig")


def test_who_has_left_is_not_taken_out(app: Flask) -> None:
    left = ContactFactory(full_name="Giden Kişi")
    left.active_until = clock.today() - timedelta(days=1)
    db.session.flush()
    assert "Giden Kişi" not in exported("csv").decode("utf-8-sig")


def test_what_does_not_fit_a_cell_is_told_and_not_cut(app: Flask) -> None:
    OrganizationFactory(name="Ada", notes="n" * 33_000)
    with pytest.raises(exports.TooLongForExcel):
        exported("xlsx")
    assert "n" * 33_000 in exported("csv").decode("utf-8-sig")


def test_the_same_statements_for_three_and_thirty(app: Flask) -> None:
    asked = []
    for _ in range(2):
        for _n in range(3 if not asked else 27):
            ContactFactory()
        db.session.commit()
        with counted_statements() as statements:
            exported("xlsx")
        asked.append(len(statements))
    assert asked[0] == asked[1]


kept_text = (
    st.text(max_size=60)
    .map(one_line)
    .filter(lambda text: not holds_tckn(text) and 0 < len(text) <= 100)
)


@given(st.text(max_size=40))
def test_a_defused_cell_is_restored(text: str) -> None:
    assert restored(defused(text)) == text


@pytest.mark.in_turn
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_any_text_comes_back(app: Flask, kind: str) -> None:
    @settings(
        max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        st.lists(kept_text, min_size=6, max_size=6, unique=True),
        st.text(max_size=80).map(many_lines).filter(lambda text: not holds_tckn(text)),
    )
    def check(texts: list[str], notes: str) -> None:
        empty_register()
        name, short, address, person, position, unreadable = texts
        one = OrganizationFactory(
            name=name, short_name=short[:60].strip(), address=address, notes=notes,
            unreadable_email=unreadable,
        )  # fmt: skip
        ContactFactory(organization=one, full_name=person, position=position)
        before, content = picture(), exported(kind)
        empty_register()
        save(content, f"liste.{kind}")
        assert picture() == before
        assert save(content, f"liste.{kind}").counts["changed"] == 0

    check()
    assert db.session.query(Contact).count() == 1
