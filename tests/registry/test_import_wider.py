"""The wider record in lists: target groups, ties, flags, numbers, what is told of a contact."""

from datetime import date

import pytest

from coordinator.extensions import db
from coordinator.registry.importing.planning.plan import Outcome
from coordinator.registry.models import RelationKind, TargetGroup, WorkArea
from tests.factories import OrganizationFactory
from tests.registry.lists import lines, messages, planned, save, stored

pytestmark = pytest.mark.usefixtures("app")


def take(headings: str, *rows: str) -> None:
    save(lines(*rows, headings=headings))


def test_target_groups_and_words_that_are_none() -> None:
    take("STK;Hedef kitle", "Ada Derneği;kız çocukları, MÜLTECİ KADINLAR, astronotlar")
    ada = stored("Ada Derneği")
    assert ada.target_group_codes == ["girls", "migrant_women"]
    assert ada.notes == "Hedef gruplar (dosyadan): astronotlar"


def test_entries_that_were_merged_or_retired_are_still_understood() -> None:
    groups = {one.code: one for one in db.session.scalars(db.select(TargetGroup))}
    groups["girls"].merged_into_id = groups["children"].id
    groups["mothers"].retired = True
    areas = {one.code: one for one in db.session.scalars(db.select(WorkArea))}
    areas["stem"].merged_into_id = areas["education"].id
    areas["education"].merged_into_id = areas["culture"].id
    db.session.commit()
    take("STK;Hedef kitle;Alan", "Ada Derneği;kız çocukları, anneler;kodlama, stem")
    ada = stored("Ada Derneği")
    assert ada.target_group_codes == ["children", "mothers"]
    assert ada.work_area_codes == ["culture"]


@pytest.mark.parametrize(
    ("cell", "kept"), [("1234567890", "1234567890"), ("123 456 78 90", "1234567890"), ("123", "")]
)
def test_tax_numbers(cell: str, kept: str) -> None:
    take("STK;Vergi No", f"Ada Derneği;{cell}")
    ada = stored("Ada Derneği")
    assert ada.tax_no == kept
    assert ada.notes == ("" if kept else "Vergi no (dosyadan): 123")


def test_kep_and_what_is_none() -> None:
    take("STK;E-TEBLİGAT ADRESİ", "Ada Derneği;Ada@hs01.kep.tr", "Ova Derneği;25999-12345")
    assert stored("Ada Derneği").kep == "ada@hs01.kep.tr"
    ova = stored("Ova Derneği")
    assert (ova.kep, ova.notes) == ("", "KEP (dosyadan): 25999-12345")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("Evet", True), ("x", True), ("✓", True), ("1", True), ("hayır", False), ("-", False)],
)
def test_ticks(cell: str, kept: bool) -> None:
    take("STK;Kamu yararı;Vergi muafiyeti", f"Ada Derneği;{cell};belki")
    ada = stored("Ada Derneği")
    assert (ada.public_benefit, ada.tax_exempt) == (kept, False)
    assert ada.notes == "Vergi muafiyeti (dosyadan): belki"


def test_protocol_order_and_former_names() -> None:
    take("STK;Protokol sırası;Eski adı", 'Ada Derneği;7;"Eski Ada; Daha Eski, Ada"', "Ova;ilk;")
    ada = stored("Ada Derneği")
    assert ada.protocol_order == 7
    assert [one.name for one in ada.former_names] == ["Eski Ada", "Daha Eski, Ada"]
    assert stored("Ova").notes == "Protokol sırası (dosyadan): ilk"


def test_a_contact_in_full() -> None:
    take(
        "STK;İlgili Kişi;Temsil biçimi;Vekil;Görev başlangıcı;Görev bitişi",
        "Ada Derneği;Su;İmza yetkilisi;;01.02.2020;",
        "Ada Derneği;Ece;irtibat;evet;2021-03-04;05.06.2022",
        "Ada Derneği;Nur;komşu;belki;dün;01.01.1800",
    )
    contacts = {one.full_name: one for one in stored("Ada Derneği").contacts}
    su, ece, nur = contacts["Su"], contacts["Ece"], contacts["Nur"]
    assert (su.relation_kind, su.is_deputy, su.active_from, su.active_until) == (
        RelationKind.AUTHORISED, False, date(2020, 2, 1), None,
    )  # fmt: skip
    assert (ece.relation_kind, ece.is_deputy, ece.active_from, ece.active_until) == (
        RelationKind.CONTACT, True, date(2021, 3, 4), date(2022, 6, 5),
    )  # fmt: skip
    assert (su.is_primary, ece.is_primary, nur.is_primary) == (True, False, False)
    assert nur.active_from is None
    kept = stored("Ada Derneği").notes
    assert kept.split("\n") == [
        "Temsil biçimi (dosyadan): komşu",
        "Görev başlangıcı (dosyadan): dün",
        "Görev bitişi (dosyadan): 01.01.1800",
        "Vekil (dosyadan): belki",
    ]


class TestTies:
    HEADINGS = "STK;Türü;Kütük No;Bağlı olduğu kuruluş;Çatı kuruluşlar"

    def plan(self, *rows: str):  # type: ignore[no-untyped-def]
        return planned(*rows, headings=self.HEADINGS)

    def test_to_what_is_here_and_to_the_lists_own_rows(self) -> None:
        OrganizationFactory(name="Ova Federasyonu", org_type="federation", registry_no="35-001-001")
        rows = (
            "Ada Derneği Konak Şubesi;Şube;;Ada Derneği;35-001-001",
            "Ada Derneği;Dernek;;;Ege Kadın Platformu",
            "Ege Kadın Platformu;Platform",
        )
        take(self.HEADINGS, *rows)
        branch = stored("Ada Derneği Konak Şubesi")
        assert branch.parent.name == "Ada Derneği"
        assert [one.name for one in branch.umbrellas] == ["Ova Federasyonu"]
        assert [one.name for one in stored("Ada Derneği").umbrellas] == ["Ege Kadın Platformu"]
        assert save(lines(*rows, headings=self.HEADINGS)).counts["same"] == 3

    def test_a_tie_alone_is_a_change(self) -> None:
        OrganizationFactory(name="Ada Derneği")
        OrganizationFactory(name="Ova Ağı", org_type="network")
        plan = self.plan("Ada Derneği;;;;Ova Ağı")
        assert plan.rows[0].outcome is Outcome.MERGE
        take(self.HEADINGS, "Ada Derneği;;;;Ova Ağı")
        assert stored("Ada Derneği").version == 2
        assert self.plan("Ada Derneği;;;;Ova Ağı").rows[0].outcome is Outcome.SAME

    @pytest.mark.parametrize(
        ("rows", "why"),
        [
            (["Ada Derneği;;;Yok Derneği"], "tek bir kuruluş bulunamadı"),
            (["Ada Derneği;;;Ada Derneği"], "kendisine bağlı olamaz"),
            (["Ada Derneği;;;Ova Derneği", "Ova Derneği;;;Ada Derneği"], "kendisine bağlı olamaz"),
            (["Ada Derneği;;;;Ova Derneği", "Ova Derneği;Dernek"], "yalnızca federasyon"),
            (["A1 Ağı;Ağ;;;A2 Ağı", "A2 Ağı;Ağ;;;A1 Ağı"], "kendisine bağlı olamaz"),
        ],
    )
    def test_what_cannot_be_tied_is_kept_and_said(self, rows: list[str], why: str) -> None:
        plan = self.plan(*rows)
        told = [
            text for column, text in messages(plan)
            if column in ("Bağlı olduğu kuruluş", "Çatı kuruluşlar")
        ]  # fmt: skip
        assert len(told) == 1
        assert why in told[0]
        take(self.HEADINGS, *rows)
        names = [row.split(";")[0] for row in rows]
        assert any("(dosyadan): " in stored(name).notes for name in names)

    def test_one_that_has_a_head_keeps_it(self) -> None:
        head = OrganizationFactory(name="Ova Derneği")
        OrganizationFactory(name="Ada Derneği", parent=head)
        OrganizationFactory(name="Koru Derneği")
        (told,) = [text for _c, text in messages(self.plan("Ada Derneği;;;Koru Derneği"))
                   if "Koru" in text]  # fmt: skip
        assert "kayıtta başka bir kuruluş var" in told
