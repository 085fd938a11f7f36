"""Taking a long import back: a worker does it, and the pages say what came of it."""

import json

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry.importing import leases, work, work_process
from coordinator.registry.importing.undo import undoing
from coordinator.registry.models import ImportBatch, ImportState, Organization
from tests.browser import Browser, Page, counted_statements
from tests.factories import OrganizationFactory
from tests.registry.lists import lines, save, stored
from tests.registry.test_import_engine import long_list, name, work_done
from tests.registry.test_import_undoing import HEADINGS, everything, page, run
from tests.registry.uploads import UPLOAD, batch, count


@pytest.fixture
def brought(staff: Browser, few_rows_are_many: None) -> Browser:
    """Twelve organisations came with a list, and a thirteenth was changed by it."""
    OrganizationFactory(name="Turna Derneği")
    db.session.commit()
    save(long_list(12, "Turna Derneği;Ece;ece@b.example"))
    batch().created_by_id = staff.user.id
    db.session.commit()
    return staff


def asked(browser: Browser) -> Page:
    return page(browser).submit("13 kuruluşu geri al")


class TestByAWorker:
    def test_it_waits_and_is_taken_back(self, brought: Browser) -> None:
        waiting = asked(brought)
        assert waiting.h1 == "Aktarma geri alınıyor"
        assert "geri alınmak için sırasını bekliyor" in waiting.text
        assert batch().state is ImportState.UNDOING
        assert count(Organization) == 13
        assert "Geri alınıyor" in brought.get(UPLOAD).rows()[0]
        work_done()
        assert brought.get(waiting.path).h1 == "Geri alındı"
        assert "Geri alındı" in brought.get(UPLOAD).rows()[0]
        assert (count(Organization), stored("Turna Derneği").contacts) == (1, [])

    def test_in_the_name_of_who_asked(self, brought: Browser) -> None:
        asked(brought)
        work_done()
        line = db.session.scalars(sa.select(AuditLine).filter_by(action="import.undone")).one()
        assert (line.actor_id, line.via) == (batch().created_by_id, "page")

    def test_what_came_in_the_way_meanwhile_is_told(self, brought: Browser) -> None:
        waiting = asked(brought)
        stored(name(3)).address = "Uzun sokak"
        db.session.commit()
        before = everything()
        work_done()
        told = brought.get(waiting.path)
        assert "Aktarma geri alınamadı" in told.text
        assert "Sonradan değişmiş: Adres." in told.text
        assert everything() == before
        assert batch().state is ImportState.APPLIED
        row = brought.get(UPLOAD).rows()[0]
        assert "Kaydedildi" in row
        assert "Aktarma geri alınamadı" in row
        assert "Aktarma geri alınamadı" in brought.get(f"{UPLOAD}/{batch().public_id}/bitti").text

    def test_it_can_be_tried_again(self, brought: Browser) -> None:
        asked(brought)
        stored(name(3)).address = "Uzun sokak"
        work_done()
        stored(name(3)).address = ""
        db.session.commit()
        assert asked(brought).h1 == "Aktarma geri alınıyor"
        work_done()
        assert count(Organization) == 1

    def test_nothing_else_is_done_with_it_meanwhile(self, app: Flask, brought: Browser) -> None:
        asked(brought)
        assert page(brought).h1 == "Aktarma geri alınıyor"
        assert "taken back already" in run(app, "liste.csv", status=1).output
        assert batch().state is ImportState.UNDOING

    def test_a_worker_that_fails_leaves_it_saved(
        self, brought: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        waiting = asked(brought)

        def broken(**_more: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(undoing, "take_back", broken)
        work_done()
        assert (batch().state, batch().lease) == (ImportState.APPLIED, "")
        assert "Nedeni yönetici" in brought.get(waiting.path).text
        assert count(Organization) == 13

    def test_another_worker_takes_it_up(self, brought: Browser) -> None:
        asked(brought)
        db.session.commit()
        lost = leases.claim()
        assert lost is not None
        assert lost.undoes
        db.session.execute(sa.update(ImportBatch).values(lease_until=clock.now()))
        work_done()
        assert batch().state is ImportState.UNDONE
        assert work.carry_out(lost)
        assert count(Organization) == 1

    def test_the_command_does_it_itself(self, app: Flask, brought: Browser) -> None:
        told = json.loads(run(app, "liste.csv", "--json").stdout)
        assert told == {"import": "liste.csv", "removed": 12, "reverted": 1}


@pytest.mark.slow
def test_in_a_process_of_its_own(brought: Browser) -> None:
    asked(brought)
    db.session.commit()
    db.session.remove()
    work_process.run_waiting()
    assert batch().state is ImportState.UNDONE
    assert count(Organization) == 1


def test_many_are_put_back_with_few_statements(app: Flask) -> None:
    told = []
    for size in (3, 300):
        letter = "AB"[size > 3]
        names = [f"{name(n)} {letter}" for n in range(size)]
        for one in names:
            OrganizationFactory(name=one)
        OrganizationFactory(name=f"{letter} Ağı", org_type="network")
        db.session.commit()
        before = everything()
        more = f";;Konak;;sağlık;;yeni.example;Eski {letter}%s;;{letter} Ağı;not"
        rows = [f"{one};Su;s{n}@{letter}.example" + more % n for n, one in enumerate(names)]
        save(lines(*rows, headings=HEADINGS), f"{letter}.csv")
        with counted_statements() as statements:
            run(app, f"{letter}.csv")
        told.append(len(statements))
        assert everything() == before
    assert told[0] == told[1]
