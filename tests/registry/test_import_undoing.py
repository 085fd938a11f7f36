"""Taking an import back: all that it brought goes, unless somebody built on it."""

import json
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from coordinator import clock
from coordinator.access import Role
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.history.models import Encounter, EncounterKind
from coordinator.registry.importing.storing import journal
from coordinator.registry.importing.undo import undoing
from coordinator.registry.models import (
    Contact,
    ImportChange,
    ImportState,
    Organization,
    OrganizationName,
    Representation,
    WorkArea,
)
from tests.browser import Browser, Page, counted_statements
from tests.factories import (
    ContactFactory,
    InvitationFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.registry.lists import lines, stored
from tests.registry.uploads import batch, preview

HEADINGS = (
    "STK Adı;İlgili Kişi;E-posta;Telefon;İlçe;Türü;Çalışma Alanı;Hedef kitle;Web;Eski adı;"
    "Bağlı olduğu kuruluş;Çatı kuruluşlar;Notlar"
)
NEW = "Ada Derneği;Su;su@b.example;0532 111 22 33;Konak;Dernek;eğitim;kadınlar;a.example;Eski Ada"
BUTTON = "kuruluşu geri al"


def counts() -> dict[str, int]:
    models = (Organization, Contact, OrganizationName, Representation)
    return {
        one.__name__: db.session.scalar(sa.select(sa.func.count()).select_from(one)) or 0
        for one in models
    }


def everything() -> dict[int, Any]:
    """Return all that the registry knows, as the journal describes it."""
    db.session.expire_all()
    ids = list(db.session.scalars(sa.select(Organization.id).order_by(Organization.id)))
    return journal.pictures(ids)[0]


def bring(browser: Browser, *rows: str) -> None:
    preview(browser, lines(*rows, headings=HEADINGS)).submit("kaydet")
    assert batch().state is ImportState.APPLIED


def page(browser: Browser) -> Page:
    return browser.get(f"/kuruluslar/ice-aktar/{batch().public_id}/geri-al")


class TestAllOfIt:
    def test_what_came_goes_and_what_changed_stands_as_before(self, staff: Browser) -> None:
        head = OrganizationFactory(name="Ege Ağı", org_type="network")
        kept = OrganizationFactory(name="Turna Derneği", website="http://eski.example", phone="")
        ContactFactory(organization=kept, full_name="Ece", email="ece@eski.example", phone="")
        db.session.commit()
        before = everything()
        bring(
            staff, NEW,
            "Ada Derneği Şubesi;;;;;;;;;;Ada Derneği;Ege Ağı;",
            "TURNA DERNEĞİ;Ece;ece@yeni.example;0532 999 88 77;Konak;;sağlık;anneler;"
            "yeni.example;Eski Turna;Ada Derneği;Ege Ağı;bir not",
            "Turna Derneği;Nur;nur@b.example",
        )  # fmt: skip
        assert everything() != before
        asked = page(staff)
        assert "2 kuruluş silinecek. 1 kuruluş önceki hâline dönecek." in asked.text
        assert "http://yeni.example → http://eski.example" in asked.text
        assert "ece@yeni.example → ece@eski.example" in asked.text
        gone = asked.submit("3 kuruluşu geri al")
        assert gone.h1 == "Geri alındı"
        assert everything() == before
        assert batch().state is ImportState.UNDONE
        assert head.id in before

    def test_the_deeds_are_written_down(self, staff: Browser) -> None:
        OrganizationFactory(name="Turna Derneği")
        bring(staff, NEW, "Turna Derneği;;t@b.example")
        page(staff).submit(BUTTON)
        told = db.session.execute(
            sa.select(AuditLine.action, AuditLine.subject_name, AuditLine.details).where(
                AuditLine.actor_id == staff.user.id
            )
        ).all()
        assert ("organization.taken_back", "Ada Derneği", {"undone": "liste.csv"}) in told
        edited = {"undone": "liste.csv", "changed": ["email"]}
        assert ("organization.edited", "Turna Derneği", edited) in told
        assert ("import.undone", "liste.csv", {"removed": 1, "reverted": 1}) in told

    def test_accesses_go_and_come_back(self, staff: Browser) -> None:
        old = UserFactory(role=Role.REPRESENTATIVE, email="ece@eski.example")
        new = UserFactory(role=Role.REPRESENTATIVE, email="ece@yeni.example")
        kept = OrganizationFactory(name="Turna Derneği")
        ContactFactory(organization=kept, full_name="Ece", email="ece@eski.example")
        db.session.add(Representation(user_id=old.id, organization_id=kept.id))
        db.session.commit()
        asked = sa.select(Representation.user_id, Representation.organization_id)
        before = set(db.session.execute(asked))
        bring(staff, "Turna Derneği;Ece;ece@yeni.example;;Konak",
              "Ada Derneği;Ece;ece@yeni.example;;Buca")  # fmt: skip
        assert {user for user, _number in db.session.execute(asked)} == {new.id}
        page(staff).submit(BUTTON)
        assert set(db.session.execute(asked)) == before

    def test_what_the_import_did_not_touch_does_not_matter(self, staff: Browser) -> None:
        kept = OrganizationFactory(name="Turna Derneği")
        db.session.commit()
        bring(staff, "Turna Derneği;;t@b.example;;Konak;;eğitim")
        kept.address = "Uzun sokak"
        kept.work_areas = [*kept.work_areas, *_other_area(kept)]
        db.session.commit()
        page(staff).submit(BUTTON)
        turna = stored("Turna Derneği")
        assert (turna.email, turna.address, len(turna.work_areas)) == ("", "Uzun sokak", 1)

    def test_twice_is_once(self, staff: Browser) -> None:
        bring(staff, NEW)
        asked = page(staff)
        asked.submit(BUTTON)
        again = asked.submit(BUTTON)
        assert again.h1 == "Geri alındı"
        assert staff.get(f"/kuruluslar/ice-aktar/{batch().public_id}/bitti").h1 == "Geri alındı"

    def test_the_same_list_may_be_loaded_again(self, staff: Browser) -> None:
        bring(staff, NEW)
        page(staff).submit(BUTTON)
        bring(staff, NEW)
        assert counts()["Organization"] == 1

    def test_the_search_forgets_it(self, staff: Browser) -> None:
        bring(staff, NEW)
        assert "Ada Derneği" in staff.get("/kuruluslar?ara=ada").text
        page(staff).submit(BUTTON)
        assert "Ada Derneği" not in staff.get("/kuruluslar").soup.select_one("main").text


def _other_area(organization: Organization) -> list[Any]:
    return list(db.session.scalars(sa.select(WorkArea).filter_by(code="health")))


class TestInTheWay:
    @pytest.fixture
    def brought(self, staff: Browser) -> Browser:
        OrganizationFactory(name="Turna Derneği", website="http://eski.example")
        bring(staff, NEW, "Turna Derneği;Ece;ece@b.example;;Konak;;;;yeni.example")
        return staff

    def refused(self, browser: Browser, name: str, reason: str) -> None:
        db.session.commit()
        before = everything()
        asked = page(browser)
        assert "1 kuruluş engel oluyor. Aktarma geri alınamaz." in asked.text
        (row,) = asked.soup.select("tbody tr")
        assert name in row.text
        assert reason in " ".join(row.text.split())
        answer = browser.client.post(asked.path, data=_token(browser))
        assert answer.status_code == 409
        assert everything() == before
        assert batch().state is ImportState.APPLIED

    def test_an_invitation(self, brought: Browser) -> None:
        InvitationFactory(organization=stored("Ada Derneği"))
        self.refused(brought, "Ada Derneği", "Davetler: 1")

    def test_an_edit(self, brought: Browser) -> None:
        stored("Ada Derneği").address = "Uzun sokak"
        self.refused(brought, "Ada Derneği", "Sonradan değişmiş: Adres.")

    def test_a_contact_that_came_since(self, brought: Browser) -> None:
        ContactFactory(organization=stored("Ada Derneği"), is_primary=False)
        self.refused(brought, "Ada Derneği", "Sonradan değişmiş: İrtibat kişileri.")

    def test_a_check(self, brought: Browser) -> None:
        stored("Ada Derneği").verified_at = date(2026, 1, 2)
        self.refused(brought, "Ada Derneği", "Kayıt sonradan doğrulanmış.")

    def test_a_branch(self, brought: Browser) -> None:
        OrganizationFactory(name="Ova Şubesi", parent_id=stored("Ada Derneği").id)
        self.refused(brought, "Ada Derneği", "Ova Şubesi buna bağlı.")

    def test_a_changed_field_that_somebody_changed_again(self, brought: Browser) -> None:
        stored("Turna Derneği").website = "http://ucuncu.example"
        self.refused(brought, "Turna Derneği", "Sonradan değişmiş: Web sitesi.")

    def test_a_contact_that_somebody_corrected(self, brought: Browser) -> None:
        stored("Turna Derneği").contacts[0].phone = "+905321112233"
        self.refused(brought, "Turna Derneği", "Sonradan değişmiş: Ece.")

    def test_a_contact_with_whom_somebody_spoke(self, brought: Browser) -> None:
        turna = stored("Turna Derneği")
        note = Encounter(
            organization=turna, contact=turna.contacts[0], kind=EncounterKind.NOTE,
            happened_at=clock.now(), text="Aradık",
        )  # fmt: skip
        db.session.add(note)
        self.refused(brought, "Turna Derneği", "Ece adlı kişi 1 kayıtta geçiyor.")

    def test_a_later_import_that_changed_it(self, brought: Browser) -> None:
        first = batch().public_id
        bring(brought, "Ada Derneği;Su;su@b.example;;Konak;;;;baska.example")
        db.session.commit()
        asked = brought.get(f"/kuruluslar/ice-aktar/{first}/geri-al")
        assert "Sonradan değişmiş: Web sitesi." in asked.text
        page(brought).submit(BUTTON)
        asked = brought.get(f"/kuruluslar/ice-aktar/{first}/geri-al")
        asked.submit(BUTTON)
        assert counts()["Organization"] == 1


def _token(browser: Browser) -> dict[str, str]:
    form = browser.get("/kuruluslar/ice-aktar").soup.select_one("input[name=csrf_token]")
    return {"csrf_token": str(form["value"])} if form else {}


def run(app: Flask, *words: str, status: int = 0) -> Result:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["registry", "undo", *words])
    assert result.exit_code == status, result.output
    return result


class TestCommand:
    def test_by_the_files_name_and_by_its_address(self, app: Flask, staff: Browser) -> None:
        for words in (["liste.csv"], [lambda: batch().public_id]):
            bring(staff, NEW)
            name = words[0] if isinstance(words[0], str) else words[0]()
            told = json.loads(run(app, name, "--json").stdout)
            assert told == {"import": "liste.csv", "removed": 1, "reverted": 0}
        assert "taken back already" in run(app, "liste.csv", status=1).stderr

    def test_what_stands_in_the_way_is_told(self, app: Flask, staff: Browser) -> None:
        bring(staff, NEW)
        stored("Ada Derneği").address = "Uzun sokak"
        told = json.loads(run(app, "liste.csv", "--json", status=1).stdout)
        (one,) = told["hindered"]
        assert (one["name"], one["reasons"]) == ("Ada Derneği", ["Changed since: Address."])
        assert "Ada Derneği: Changed since" in run(app, "liste.csv", status=1).stderr

    def test_what_is_no_import(self, app: Flask) -> None:
        assert "no saved import is called 'yok'" in run(app, "yok", status=1).stderr


def test_doors(staff: Browser, viewer: Browser) -> None:
    bring(staff, NEW)
    path = f"/kuruluslar/ice-aktar/{batch().public_id}/geri-al"
    viewer.get(path, 403)
    Browser(staff.app).sign_in(UserFactory(role=Role.STAFF)).get(path, 404)
    waiting = preview(staff, lines("Ova Derneği", headings=HEADINGS))
    assert staff.get(f"{waiting.path}/geri-al").h1 == "Satır satır ne olacak"


def test_the_page_asks_as_much_for_three_as_for_three_hundred(staff: Browser) -> None:
    asked = []
    for size in (3, 300):
        rows = [f"K{n}{size} {n} Derneği;Kişi {n};k{n}@k{size}.example" for n in range(size)]
        bring(staff, *rows)
        with counted_statements() as statements:
            page(staff)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_an_interrupted_undo_leaves_all_of_it(staff: Browser, monkeypatch: Any) -> None:
    bring(staff, NEW)
    before = counts()

    def broken(*_what: Any, **_more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(undoing, "_tell", broken)
    page(staff).submit(BUTTON, 500)
    db.session.rollback()
    assert counts() == before
    assert batch().state is ImportState.APPLIED
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ImportChange)) == 1
