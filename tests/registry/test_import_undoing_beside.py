"""Taking an import back after others merged records, merged entries of lists, or added people."""

import pytest
import sqlalchemy as sa

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.registry.models import ImportState, Organization
from coordinator.registry.operations.contacts import add_contact
from coordinator.registry.operations.vocabularies import merge_term
from tests.browser import Browser
from tests.duplicates.parts import merge, unmerge
from tests.factories import OrganizationFactory
from tests.registry.lists import stored
from tests.registry.terms import area
from tests.registry.test_import_undoing import BUTTON, _token, bring, everything, page
from tests.registry.uploads import batch


class TestMerged:
    @pytest.fixture
    def brought(self, staff: Browser) -> Browser:
        OrganizationFactory(name="Turna Derneği")
        OrganizationFactory(name="Ova Vakfı")
        bring(staff, "Turna Derneği;;t@b.example;;Konak;;eğitim;;yeni.example;;;;bir not")
        return staff

    def merged(self, kept: str, other: str) -> None:
        merge(stored(kept), stored(other))
        db.session.commit()

    def test_what_was_merged_into_another_cannot_go_back(self, brought: Browser) -> None:
        self.merged("Ova Vakfı", "Turna Derneği")
        before = everything()
        asked = page(brought)
        assert "Ova Vakfı ile birleştirilmiş." in asked.text
        answer = brought.client.post(asked.path, data=_token(brought))
        assert answer.status_code == 409
        assert everything() == before
        assert batch().state is ImportState.APPLIED

    def test_into_which_another_was_merged_since(self, brought: Browser) -> None:
        self.merged("Turna Derneği", "Ova Vakfı")
        assert "Ova Vakfı bununla birleştirilmiş." in page(brought).text

    def test_two_records_again_go_back(self, brought: Browser) -> None:
        merge_made = merge(stored("Ova Vakfı"), stored("Turna Derneği"))
        db.session.commit()
        unmerge(merge_made)
        db.session.commit()
        page(brought).submit(BUTTON)
        turna = stored("Turna Derneği")
        assert (turna.website, turna.notes, turna.work_areas) == ("", "", [])

    def test_a_merge_before_the_import_does_not_matter(self, staff: Browser) -> None:
        OrganizationFactory(name="Turna Derneği")
        OrganizationFactory(name="Ova Vakfı")
        self.merged("Turna Derneği", "Ova Vakfı")
        bring(staff, "Turna Derneği;;t@b.example")
        page(staff).submit(BUTTON)
        assert stored("Turna Derneği").email == ""
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Organization)) == 2


class TestOthersWork:
    def test_whom_somebody_added_follows_as_primary_contact(self, staff: Browser) -> None:
        OrganizationFactory(name="Turna Derneği")
        bring(staff, "Turna Derneği;Ece;ece@b.example")
        turna = stored("Turna Derneği")
        add_contact(organization=turna, actor=COMMAND, full_name="Nur", email="nur@b.example")
        db.session.commit()
        page(staff).submit(BUTTON)
        (left,) = stored("Turna Derneği").contacts
        assert (left.full_name, left.is_primary) == ("Nur", True)

    @pytest.mark.parametrize(("had", "left"), [([], []), (["violence"], ["violence"])])
    def test_a_field_of_work_that_was_merged_goes_as_well(
        self, staff: Browser, had: list[str], left: list[str]
    ) -> None:
        kept = OrganizationFactory(name="Turna Derneği")
        kept.work_areas = [area(code) for code in had]
        db.session.commit()
        bring(staff, "Turna Derneği;;t@b.example;;;;eğitim", "Ada Derneği;;a@b.example;;;;eğitim")
        merge_term(term=area("education"), into=area("violence"), version=1, actor=COMMAND)
        db.session.commit()
        page(staff).submit(BUTTON)
        assert [one.code for one in stored("Turna Derneği").work_areas] == left
        assert batch().state is ImportState.UNDONE

    def test_a_name_goes_back_with_its_search_and_order(self, staff: Browser) -> None:
        OrganizationFactory(name="Turna Dernegi", registry_no="35-111-222")
        db.session.commit()
        bring(staff, "Turna Dernegi;;t@b.example;;;;;;yeni.example;Eski Turna")
        page(staff).submit(BUTTON)
        assert "Turna Dernegi" in staff.get("/kuruluslar?ara=turna").text
        assert "Turna Dernegi" not in staff.get("/kuruluslar?ara=eski").soup.select_one("main").text
