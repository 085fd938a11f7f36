"""The lists that staff keep: entries are added, renamed and counted."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry.models import OrgStatus, TargetGroup, WorkArea
from coordinator.registry.operations import vocabularies as operations
from tests.browser import Browser, counted_statements
from tests.factories import OrganizationFactory
from tests.registry.terms import AREAS, GROUPS, area, deeds, described, order

HOSTILE = '<b onclick="x">Şık & "Işık"</b> =1+1'


class TestAdding:
    def test_an_entry_goes_to_the_end_with_a_code_from_its_name(
        self, app: Flask, staff: Browser
    ) -> None:
        page = staff.get(AREAS).link("Madde ekle")
        page = staff.get(page).submit(
            "Maddeyi ekle", name_tr="  Barış  ve güvenlik ", name_en="Peace and security"
        )
        assert "“Barış ve güvenlik” eklendi." in page.text
        assert "Barış ve güvenlik Peace and security" in page.rows()[-1]
        assert order()[-1] == "baris_ve_guvenlik"
        assert deeds()[-1] == "vocabulary.added"

    def test_it_is_offered_at_once_in_forms_and_filters(self, app: Flask, staff: Browser) -> None:
        described("Mavi Kıyı", "legal")
        staff.get(f"{AREAS}/yeni").submit("Maddeyi ekle", name_tr="Barış", name_en="Peace")
        assert "Barış" in staff.get("/kuruluslar/yeni").text
        assert "Barış" in staff.get("/kuruluslar").text

    def test_target_groups_are_kept_in_the_same_way(self, app: Flask, staff: Browser) -> None:
        staff.get(f"{GROUPS}/yeni").submit("Maddeyi ekle", name_tr="Öğrenciler", name_en="Students")
        assert order(TargetGroup)[-1] == "ogrenciler"
        assert "Öğrenciler" in staff.get(GROUPS).rows()[-1]

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("SAĞLIK", "Bu ad “Sağlık” maddesinde var."),
            ("saglik", "Bu ad “Sağlık” maddesinde var."),
            ("Health", "Bu ad “Sağlık” maddesinde var."),
            ("Kültür – ve / sanat", "Bu ad “Kültür ve sanat” maddesinde var."),
            ("", "Türkçe adını yazın."),
            ("   ", "Türkçe adını yazın."),
            ("x" * 101, "100 karaktere kısaltın; şimdi 101 karakter"),
            ("Alan 10000000146", "kimlik numarası tutmaz"),
        ],
    )
    def test_a_name_that_will_not_do_comes_back_with_the_reason(
        self, app: Flask, staff: Browser, typed: str, said: str
    ) -> None:
        before = order()
        status = 409 if "maddesinde" in said else 422
        page = staff.get(f"{AREAS}/yeni").submit(
            "Maddeyi ekle", status, name_tr=typed, name_en="New"
        )
        assert said in page.text
        assert page.soup.select_one("[name=name_tr]")["value"] == typed
        assert page.soup.select_one("[name=name_en]")["value"] == "New"
        assert order() == before

    def test_names_of_retired_and_merged_entries_are_taken_as_well(
        self, app: Flask, staff: Browser
    ) -> None:
        operations.retire_term(term=area("sport"), version=1, actor=COMMAND)
        operations.merge_term(term=area("media"), into=area("culture"), version=1, actor=COMMAND)
        page = staff.get(f"{AREAS}/yeni").submit("Maddeyi ekle", 409, name_tr="Spor", name_en="S")
        assert "listede var ama artık sunulmuyor" in page.text
        page = staff.get(f"{AREAS}/yeni").submit("Maddeyi ekle", 409, name_tr="Medya", name_en="M")
        assert "başka bir maddeyle birleştirildi" in page.text

    def test_names_that_make_the_same_code_or_none_get_codes_of_their_own(self, app: Flask) -> None:
        made = [
            operations.add_term(kind=WorkArea, name_tr=name, name_en=name, actor=COMMAND).code
            for name in ("Bakım", "Bakım (2)", "Bakim 3", "السلام", "和平", "o" * 60, "o" * 61)
        ]
        assert made == ["bakim", "bakim_2", "bakim_3", "area", "area_2", "o" * 30, "o" * 28 + "_2"]

    def test_hostile_names_stay_text(self, app: Flask, staff: Browser) -> None:
        page = staff.get(f"{AREAS}/yeni").submit("Maddeyi ekle", name_tr=HOSTILE, name_en=HOSTILE)
        assert HOSTILE in page.rows()[-1]
        code = order()[-1]
        for path in ("ad", "birlestir", "birlestir?into=media", "kaldir"):
            assert HOSTILE in staff.get(f"{AREAS}/{code}/{path}").text


class TestRenaming:
    def test_the_code_stays_and_the_old_name_is_in_the_audit(
        self, app: Flask, staff: Browser
    ) -> None:
        one = described("Mavi Kıyı", "health")
        staff.get(f"{AREAS}/health/ad").submit("Kaydet", name_tr="Kadın sağlığı")
        assert area("health").name_tr == "Kadın sağlığı"
        assert area("health").name_en == "Health"
        assert "Kadın sağlığı" in staff.get(f"/kuruluslar/{one.public_id}").text
        line = db.session.scalars(sa.select(AuditLine).order_by(AuditLine.id.desc())).first()
        assert line is not None
        assert (line.action, line.subject_name) == ("vocabulary.renamed", "Kadın sağlığı")
        assert line.details == {"before": ["Sağlık", "Health"]}

    def test_what_somebody_else_saved_meanwhile_is_shown(self, app: Flask, staff: Browser) -> None:
        page = staff.get(f"{AREAS}/health/ad")
        area("health").name_tr = "Beden sağlığı"
        page = page.submit("Kaydet", 409, name_tr="Kadın sağlığı")
        assert "Beden sağlığı" in page.text
        assert page.soup.select_one("[name=name_tr]")["value"] == "Kadın sağlığı"
        page.submit("Kaydet")
        assert area("health").name_tr == "Kadın sağlığı"

    def test_moving_an_entry_does_not_disturb_whoever_renames_another(
        self, app: Flask, staff: Browser
    ) -> None:
        page = staff.get(f"{AREAS}/health/ad")
        operations.move_term(term=area("other"), before=area("violence"), after=None, actor=COMMAND)
        page.submit("Kaydet", name_tr="Kadın sağlığı")
        assert area("health").name_tr == "Kadın sağlığı"

    def test_an_entry_may_keep_its_own_name_but_not_take_anothers(
        self, app: Flask, staff: Browser
    ) -> None:
        staff.get(f"{AREAS}/health/ad").submit("Kaydet", name_tr="SAĞLIK")
        assert area("health").name_tr == "SAĞLIK"
        page = staff.get(f"{AREAS}/health/ad").submit("Kaydet", 409, name_tr="spor")
        assert "Bu ad “Spor” maddesinde var." in page.text


class TestTheList:
    def test_each_entry_says_how_many_it_describes_and_leads_to_them(
        self, app: Flask, staff: Browser
    ) -> None:
        described("A", "media")
        described("B", "media", status=OrgStatus.PASSIVE)
        described("C", "media", status=OrgStatus.MERGED)
        page = staff.get(AREAS)
        listed = staff.get(page.link("2 kuruluş : Medya"))
        assert len(listed.rows()) == 2
        assert "Spor Sport Kuruluş yok" in " ".join(page.rows())

    def test_it_costs_the_same_at_every_size(self, app: Flask, staff: Browser) -> None:
        costs = []
        for size in (3, 297):
            for number in range(size):
                OrganizationFactory(name=f"Dernek {size} {number}").work_areas = [area("media")]
            db.session.commit()
            with counted_statements() as statements:
                staff.get(AREAS)
            costs.append(len(statements))
        assert costs[0] == costs[1]

    def test_staff_come_from_the_list_of_organisations(
        self, app: Flask, staff: Browser, viewer: Browser
    ) -> None:
        OrganizationFactory()
        page = staff.get("/kuruluslar")
        assert staff.get(page.link("Çalışma alanları ve hedef gruplar")).h1 == "Çalışma alanları"
        assert "Çalışma alanları ve hedef gruplar" not in viewer.get("/kuruluslar").text
        viewer.get(AREAS, 403)

    def test_it_reads_in_english(self, app: Flask, staff: Browser) -> None:
        described("A", "media")
        page = staff.get(f"{AREAS}?dil=en")
        assert page.h1 == "Fields of work"
        assert "Media Medya 1 organisation" in " ".join(page.rows())
        page = staff.get(f"{AREAS}/media/birlestir?into=culture&dil=en")
        assert "Afterwards “Culture and arts” describes 1 organisation." in page.text

    def test_unknown_entries_are_not_there(self, app: Flask, staff: Browser) -> None:
        for path in (f"{AREAS}/yok/ad", f"{AREAS}/ş/kaldir", "/kuruluslar/baska/media/ad"):
            staff.get(path, 404)
