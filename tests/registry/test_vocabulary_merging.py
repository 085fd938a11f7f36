"""Entries of the lists that staff keep: merged into another, retired, brought back."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.errors import SavedMeanwhile
from coordinator.extensions import db
from coordinator.registry.models import OrgStatus, WorkArea
from coordinator.registry.operations import vocabularies as operations
from coordinator.registry.queries import vocabularies as queries
from tests.browser import Browser, counted_statements
from tests.factories import OrganizationFactory
from tests.registry.terms import AREAS, GROUPS, area, deeds, described, group, order, press


class TestMerging:
    def test_all_that_one_described_the_other_describes(self, app: Flask, staff: Browser) -> None:
        a = described("A", "media")
        b = described("B", "media", "culture", "legal")
        c = described("C", "culture")
        d = described("D", "media", status=OrgStatus.CLOSED)
        page = staff.get(f"{AREAS}/media/birlestir").submit("Devam et", into="culture")
        assert "3 kuruluş “Medya” yerine “Kültür ve sanat” ile anılacak." in page.text
        assert "Bunların 1 tanesinde ikisi de var" in page.text
        assert "Sonra “Kültür ve sanat” 4 kuruluşun kaydında olacak." in page.text
        assert area("media").merged_into_id is None
        page = page.submit("“Kültür ve sanat” ile birleştir")
        assert "“Medya”, “Kültür ve sanat” ile birleştirildi." in page.text
        assert "“Kültür ve sanat” ile birleştirildi" in page.rows()[-1]
        assert [sorted(one.work_area_codes) for one in (a, b, c, d)] == [
            ["culture"], ["culture", "legal"], ["culture"], ["culture"],
        ]  # fmt: skip
        assert area("media").retired
        assert area("media").merged_into_id == area("culture").id
        line = db.session.scalars(sa.select(AuditLine).order_by(AuditLine.id.desc())).first()
        assert line is not None
        assert line.action == "vocabulary.merged"
        assert line.details == {"into": "culture", "organizations": 3}

    def test_the_old_code_goes_on_working_in_addresses(self, app: Flask, staff: Browser) -> None:
        described("Mavi", "media")
        described("Yeşil", "legal")
        operations.merge_term(term=area("media"), into=area("culture"), version=1, actor=COMMAND)
        operations.merge_term(term=area("culture"), into=area("sport"), version=1, actor=COMMAND)
        assert area("media").merged_into_id == area("sport").id
        for code in ("media", "culture", "sport"):
            page = staff.get(f"/kuruluslar?alan={code}")
            assert len(page.rows()) == 1
            assert "Mavi" in page.rows()[0]

    def test_target_groups_merge_as_well(self, app: Flask, staff: Browser) -> None:
        one = OrganizationFactory()
        one.target_groups = [group("girls"), group("women")]
        db.session.commit()
        page = staff.get(f"{GROUPS}/girls/birlestir").submit("Devam et", into="women")
        page.submit("“Kadınlar” ile birleştir")
        assert one.target_group_codes == ["women"]

    def test_it_costs_the_same_for_three_and_for_sixty(self, app: Flask) -> None:
        costs = []
        for number, (old, size) in enumerate((("media", 3), ("sport", 60))):
            for place in range(size):
                one = OrganizationFactory(name=f"Dernek {number} {place}")
                one.work_areas = [area(old), *([area("culture")] if place % 2 else [])]
            db.session.commit()
            one, into = area(old), area("culture")
            with counted_statements() as statements:
                operations.merge_term(term=one, into=into, version=1, actor=COMMAND)
            costs.append(len(statements))
            db.session.commit()
        assert costs[0] == costs[1]
        assert queries.described_counts(WorkArea) == {area("culture").id: 63}

    def test_whoever_has_an_organisation_open_does_not_lose_its_new_field(
        self, app: Flask, staff: Browser
    ) -> None:
        one = described("Mavi Kıyı", "media")
        page = staff.get(f"/kuruluslar/{one.public_id}/duzenle")
        operations.merge_term(term=area("media"), into=area("culture"), version=1, actor=COMMAND)
        page.submit("Kaydet", 409)
        assert one.work_area_codes == ["culture"]

    def test_nothing_happens_with_an_old_page_or_a_wrong_choice(
        self, app: Flask, staff: Browser
    ) -> None:
        page = staff.get(f"{AREAS}/media/birlestir?into=culture")
        operations.retire_term(term=area("culture"), version=1, actor=COMMAND)
        page = page.submit("“Kültür ve sanat” ile birleştir", 422)
        assert "Listeden birini seçin." in page.text
        for wrong in ("media", "yok", "culture", ""):
            page = staff.get(f"{AREAS}/media/birlestir?into={wrong}")
            assert "Yerine hangi madde geçsin?" in page.text
        assert area("media").merged_into_id is None
        operations.rename_term(
            term=area("media"), version=1, name_tr="Basın", name_en="Press", actor=COMMAND
        )
        with pytest.raises(SavedMeanwhile):
            operations.merge_term(term=area("media"), into=area("legal"), version=1, actor=COMMAND)
        with pytest.raises(operations.IntoItself):
            operations.merge_term(term=area("media"), into=area("media"), version=2, actor=COMMAND)
        with pytest.raises(operations.NotInUse):
            operations.merge_term(
                term=area("media"), into=area("culture"), version=2, actor=COMMAND
            )

    def test_a_merged_entry_neither_merges_again_nor_comes_back(
        self, app: Flask, staff: Browser
    ) -> None:
        operations.merge_term(term=area("media"), into=area("culture"), version=1, actor=COMMAND)
        assert "daha önce birleştirilmiş" in staff.get(f"{AREAS}/media/birlestir").text
        press(staff.get(f"{AREAS}"), f"{AREAS}/media/geri-al", 409)
        assert area("media").retired


class TestRetiring:
    def test_organisations_keep_it_but_nobody_is_offered_it(
        self, app: Flask, staff: Browser
    ) -> None:
        one = described("Mavi Kıyı", "media")
        described("Yeşil", "legal")
        page = staff.get(staff.get(AREAS).link("Kaldır : Medya"))
        assert "1 kuruluşun kaydında var; orada kalır." in page.text
        page = page.submit("Kaldır")
        assert "“Medya” artık sunulmuyor." in page.text
        assert "Medya" in page.rows()[-1]
        assert one.work_area_codes == ["media"]
        assert "Medya" in staff.get(f"/kuruluslar/{one.public_id}").text
        assert "Medya" not in staff.get("/kuruluslar/yeni").text
        assert "Medya" not in staff.get("/kuruluslar").text
        assert len(staff.get(page.link("1 kuruluş : Medya")).rows()) == 1
        page.submit("Geri al")
        assert "Medya" in staff.get("/kuruluslar/yeni").text
        assert deeds()[-2:] == ["vocabulary.retired", "vocabulary.brought_back"]

    def test_it_comes_back_to_the_place_where_it_stood(self, app: Flask) -> None:
        before = order()
        operations.retire_term(term=area("media"), version=1, actor=COMMAND)
        operations.bring_back_term(term=area("media"), actor=COMMAND)
        assert order() == before

    def test_an_old_page_says_what_happened(self, app: Flask, staff: Browser) -> None:
        page = staff.get(f"{AREAS}/media/kaldir")
        operations.retire_term(term=area("media"), version=1, actor=COMMAND)
        page = page.submit("Kaldır", 409)
        assert "Bu madde artık sunulmuyor." in page.text
        press(staff.get(AREAS), f"{AREAS}/media/yer", 409, before="legal")
