"""Rows that go on about the organisation above them, and rows that do not."""

import pytest

from coordinator.extensions import db
from coordinator.registry.importing.planning.plan import Outcome
from coordinator.registry.models import Contact, Organization
from tests.factories import OrganizationFactory, district
from tests.registry.lists import lines, planned, save, workbook

pytestmark = pytest.mark.usefixtures("app")
HEADINGS = "S.NO;STK Adı;İlgili Kişi;E-posta;Telefon;İlçe;Kütük No;Notlar"


def people(name: str) -> list[str]:
    db.session.expire_all()
    found = db.select(Contact.full_name).join(Organization).filter_by(name=name)
    return list(db.session.scalars(found.order_by(Contact.id)))


@pytest.mark.parametrize("name", ["", '"', "〃", "''", "aynı", "Yukarıdaki gibi", '-"-'])
def test_a_contact_below_belongs_to_the_organisation_above(name: str) -> None:
    written = name.replace('"', '""')
    content = lines(
        "1;Ada Derneği;Su;su@b.example;;Konak;35-001-002",
        f';"{written}";Ece;ece@b.example;0532 111 22 33;;;',
        ";;Nur;nur@b.example;;;;",
        "2;Ova Derneği;Can;can@b.example;;Buca",
        headings=HEADINGS,
    )
    plan = save(content)
    assert people("Ada Derneği") == ["Su", "Ece", "Nur"]
    assert people("Ova Derneği") == ["Can"]
    assert [one.reading.continues for one in plan.rows] == [None, 2, 2, None]
    assert save(content).counts["same"] == 4


def test_merged_cells_that_repeat_what_stands_above() -> None:
    save(lines(
        "1;Ada Derneği;Su;;;Konak;35-001-002", "1;;Ece;;;Konak;35-001-002", headings=HEADINGS
    ))  # fmt: skip
    assert people("Ada Derneği") == ["Su", "Ece"]


@pytest.mark.parametrize(
    "row",
    [
        "2;;Ece;ece@b.example;;;;",
        ";;Ece;ece@b.example;;Buca;;",
        ";;Ece;;;;35-009-009;",
        ";;;;;;;bir not",
        ";10000000146;Ece;;;;;",
    ],
)
def test_what_another_organisation_would_have_waits_for_a_name(row: str) -> None:
    plan = planned("1;Ada Derneği;Su;;;Konak", row, headings=HEADINGS)
    assert plan.rows[1].outcome is Outcome.REFUSED


def test_below_a_row_without_a_name_nothing_goes_on() -> None:
    plan = planned("1;Ada Derneği;Su", "2;;Ece;;;Buca", ";;Nur", headings=HEADINGS)
    assert [one.outcome for one in plan.rows][1:] == [Outcome.REFUSED] * 2


def test_a_typed_name_makes_it_a_row_of_its_own() -> None:
    save(lines("1;Ada Derneği;Su", ";;Ece", headings=HEADINGS), r3={"name": "Ova Derneği"})
    assert people("Ova Derneği") == ["Ece"]


def test_it_follows_the_decision_of_the_row_above() -> None:
    OrganizationFactory(name="Turna Derneği", district=district("Konak"))
    content = lines("1;Turnna Derneği;Su;;;Konak", ";;Ece", headings=HEADINGS)
    assert save(content, r2={"same": "skip"}).counts["skipped"] == 2
    save(content, r2={"same": "separate"})
    assert people("Turnna Derneği") == ["Su", "Ece"]


def test_the_name_stands_in_every_row_too() -> None:
    rows = ["1;ada derneği;Su;su@b.example;;Konak", "2;Ada Derneği;Ece;ece@b.example;;Konak"]
    save(lines(*rows, headings=HEADINGS))
    assert people("ada derneği") == ["Su", "Ece"]


def test_in_a_workbook_with_numbers() -> None:
    content = workbook(
        ["KADIN STK LİSTESİ"], ["S.NO", "STK ADI", "BAŞKAN / TEMSİLCİ", "TELEFON"],
        [1, "Ada Derneği", "Su", 5321112233], ["", "", "Ece", 5324445566],
    )  # fmt: skip
    save(content, "liste.xlsx")
    assert people("Ada Derneği") == ["Su", "Ece"]
