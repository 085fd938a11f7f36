"""Rows of an import that stand for organisations which are there already."""

import pytest

from coordinator.extensions import db
from coordinator.registry.importing.planning.plan import Outcome
from coordinator.registry.models import Contact, OrgStatus
from tests.factories import ContactFactory, OrganizationFactory, district
from tests.registry.lists import (
    lines,
    row,
    save,
    stored,
)

pytestmark = pytest.mark.usefixtures("app")


class TestRecognised:
    def test_by_register_number(self) -> None:
        OrganizationFactory(name="Ada Kadın Derneği", registry_no="35-001-002")
        found = row("ADA KADIN DAYANIŞMA DERNEĞİ;;;;;;35/001/002")
        assert found.outcome is Outcome.SAME
        assert not found.answers

    def test_by_name_without_case_and_accents(self) -> None:
        OrganizationFactory(name="Işık Çiçek Derneği", district=district("Konak"))
        assert row("ISIK CICEK DERNEGI;;;;Konak").outcome is Outcome.SAME
        assert row("Işık Çiçek Derneği").outcome is Outcome.SAME

    def test_one_name_in_two_districts_is_asked_about(self) -> None:
        OrganizationFactory(name="Kadın Meclisi", district=district("Konak"))
        found = row("Kadın Meclisi;;;;Buca")
        assert found.answers == {"same": "separate"}
        assert found.outcome is Outcome.NEW

    def test_another_name_under_one_register_number_is_asked_about(self) -> None:
        OrganizationFactory(name="Ada Kadın Derneği", registry_no="35-001-002")
        content = lines("Bambaşka Vakfı;;;;;;35-001-002")
        plan = save(content)
        assert plan.rows[0].answers == {"same": "separate"}
        new = stored("Bambaşka Vakfı")
        assert (new.registry_no, new.notes) == (None, "Kütük no (dosyadan): 35-001-002")
        assert save(content).counts["same"] == 1

    def test_two_register_numbers_are_two_organisations(self) -> None:
        OrganizationFactory(name="Ada Kadınlar Derneği", registry_no="35-001-002")
        assert not row("Ada Kadınları Derneği;;;;Konak;;35-001-003").answers

    def test_a_far_away_address_is_no_likeness(self) -> None:
        ContactFactory(email="ortak@posta.example")
        assert not row("Zeytin Vakfı;Su;ortak@posta.example;;Konak").answers

    def test_later_rows_of_a_list_only_fill_gaps(self) -> None:
        content = lines(
            "Ada Derneği;Su;a@b.example;0232 111 22 33;;;;;;bir.example",
            "Ada Derneği;Su;;0232 999 22 33;;;;;;iki.example;Uzun sokak",
        )
        save(content)
        ada = stored("Ada Derneği")
        assert (ada.website, ada.address) == ("http://bir.example", "Uzun sokak")
        assert ada.contacts[0].phone == "+902321112233"
        assert save(content).counts["same"] == 2

    def test_what_somebody_decided_is_remembered(self) -> None:
        OrganizationFactory(name="Turna Derneği", district=district("Konak"))
        content = lines("Turnna Derneği;Su;;;Konak;;;;bir not")
        assert save(content, r2={"same": "merge"}).counts["changed"] == 1
        again = save(content)
        assert (again.counts["suspects"], again.counts["same"]) == (0, 1)

    def test_who_has_left_is_not_brought_back(self) -> None:
        left = ContactFactory(full_name="Su Deniz", email="su@b.example")
        left.active_until = left.created_at.date()
        db.session.commit()
        save(lines(f"{left.organization.name};Su Deniz;su@b.example;;Konak"))
        assert db.session.query(Contact).count() == 1

    def test_a_closed_one_stays_closed(self) -> None:
        kept = OrganizationFactory(name="Ada Derneği", status=OrgStatus.CLOSED)
        save(lines("Ada Derneği;;a@b.example;;Konak"))
        assert stored("Ada Derneği").status is OrgStatus.CLOSED
        assert kept.email == "a@b.example"
