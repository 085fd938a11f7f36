"""Long imports: looked through and saved by a worker, shown by the page, all or nothing."""

import pytest
import sqlalchemy as sa

from coordinator import clock
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry.importing import batches, leases, work
from coordinator.registry.models import (
    Contact,
    ImportBatch,
    ImportChange,
    ImportRow,
    ImportState,
    Organization,
)
from tests.browser import Browser, Page, counted_statements
from tests.factories import OrganizationFactory
from tests.registry.lists import lines
from tests.registry.uploads import UPLOAD, batch, count, preview

pytestmark = pytest.mark.usefixtures("few_rows_are_many")


def long_list(size: int = 12, *more: str) -> bytes:
    rows = (f"{name(n)};Su {n};su{n}@kurum{n}.example" for n in range(size))
    return lines(*rows, *more)


def name(number: int) -> str:
    """Return a name like no other."""
    return f"{''.join(chr(97 + (number * step) % 26) for step in (3, 5, 7)).title()}ova Derneği"


def work_done() -> None:
    """Let a worker do what waits, as its own process would."""
    db.session.commit()
    work.run_waiting()


def looked_through(staff: Browser, content: bytes) -> Page:
    page = preview(staff, content)
    assert page.h1 == "Satırlar inceleniyor"
    work_done()
    return staff.get(page.path)


class TestInTheBackground:
    def test_a_long_list_waits_for_a_worker(self, staff: Browser) -> None:
        page = preview(staff, long_list())
        assert "12 satırlık liste sırasını bekliyor." in page.text
        assert "Sayfayı kapatabilirsiniz." in page.text
        assert batch().state is ImportState.PLANNING
        assert staff.get(page.link("Yenile")).h1 == "Satırlar inceleniyor"

    def test_it_is_found_again_after_the_page_was_closed(self, staff: Browser) -> None:
        preview(staff, long_list())
        work_done()
        page = staff.get(UPLOAD)
        assert page.rows()[0].startswith("liste.csv 12 satır Kaydedilmeyi bekliyor")
        assert staff.get(page.link("Devam et")).h1 == "Satır satır ne olacak"

    def test_it_is_saved_by_a_worker_in_the_name_of_who_pressed(self, staff: Browser) -> None:
        page = looked_through(staff, long_list())
        page = page.submit("12 satırı kaydet")
        assert page.h1 == "Liste kaydediliyor"
        assert count(Organization) == 0
        user = batch().saved_by_id
        work_done()
        page = staff.get(page.path)
        assert "12 kuruluş eklendi." in page.text
        assert (count(Organization), count(Contact)) == (12, 12)
        assert (batch().rows, count(ImportRow)) == ([], 0)
        line = db.session.scalars(sa.select(AuditLine).filter_by(action="import.applied")).one()
        assert (line.actor_id, line.via) == (user, "page")
        assert "liste.csv 12 satır Kaydedildi 12 kuruluş eklendi." in staff.get(UPLOAD).rows()[0]

    def test_decisions_wait_with_it(self, staff: Browser) -> None:
        page = looked_through(staff, long_list(6, ";Ad;a@b.example;;Konak", "Ada;Su;ada(at)b"))
        page = page.submit("7 satırı kaydet", name_8="Sonradan Derneği", email_9="ada@b.example")
        work_done()
        names = set(db.session.scalars(sa.select(Organization.name)))
        assert {"Sonradan Derneği", "Ada"} <= names
        ada = db.session.scalars(sa.select(Organization).filter_by(name="Ada")).one()
        assert ada.contacts[0].email == "ada@b.example"

    def test_looking_again_shows_what_decisions_change(self, staff: Browser) -> None:
        rows = [f"Kurum {n} Derneği;Su;kurum{n}(at)posta" for n in range(60)]
        page = looked_through(staff, lines(*rows))
        page = page.submit("Kararları sakla, devam et", email_2="bir@posta.example")
        assert "2 / 2 sayfa" in page.text
        assert "Burada görünenler tam güncel değil." in page.text
        page = page.submit("Bütün satırları yeniden incele")
        assert page.h1 == "Satırlar inceleniyor"
        work_done()
        page = staff.get(page.path)
        assert page.soup.select_one("#email_2")["value"] == "bir@posta.example"
        assert "tam güncel değil" not in page.text

    def test_somebody_changed_the_register_meanwhile(self, staff: Browser) -> None:
        page = looked_through(staff, long_list())
        OrganizationFactory(name=name(3))
        page = page.submit("12 satırı kaydet")
        work_done()
        page = staff.get(page.path)
        assert page.h1 == "Satır satır ne olacak"
        assert "Hiçbir şey kaydedilmedi." in page.text
        assert "1 kayıtlı, birleşecek" in page.text
        assert count(Organization) == 1
        page.submit("12 satırı kaydet")
        work_done()
        assert count(Organization) == 12

    def test_what_does_not_touch_the_list_does_not_stop_it(self, staff: Browser) -> None:
        page = looked_through(staff, long_list())
        OrganizationFactory(name="Bambaşka Vakfı")
        page.submit("12 satırı kaydet")
        work_done()
        assert batch().state is ImportState.APPLIED

    def test_a_dropped_list_is_let_go(self, staff: Browser) -> None:
        page = preview(staff, long_list())
        taken = leases.claim()
        assert taken is not None
        page.submit("Listeden vazgeç")
        with pytest.raises(leases.LeaseLost):
            taken.tell(5)
        assert (batch().state, count(ImportRow)) == (ImportState.DROPPED, 0)

    def test_what_is_being_saved_cannot_be_dropped_or_changed(self, staff: Browser) -> None:
        page = looked_through(staff, long_list())
        form = page.form("Listeden vazgeç")
        page.submit("12 satırı kaydet")
        staff.post(str(form["action"]), page.filled(form))
        assert batch().state is ImportState.SAVING
        assert page.submit("12 satırı kaydet").h1 == "Liste kaydediliyor"
        path = f"{UPLOAD}/{batch().public_id}"
        for end in ("", "/sutunlar", "/satirlar", "/bitti"):
            assert staff.get(path + end).h1 == "Liste kaydediliyor"


class TestLeases:
    def test_a_list_is_in_one_hand_only(self, staff: Browser) -> None:
        preview(staff, long_list())
        assert leases.claim() is not None
        assert leases.claim() is None

    def test_a_dead_workers_list_is_taken_up(self, staff: Browser) -> None:
        preview(staff, long_list())
        dead = leases.claim()
        assert dead is not None
        dead.tell(5)
        db.session.rollback()
        db.session.execute(sa.update(ImportBatch).values(lease_until=clock.now()))
        work_done()
        db.session.expire_all()
        assert batch().state is ImportState.READY
        with pytest.raises(leases.LeaseLost):
            dead.tell(10)

    def test_what_always_fails_is_given_up_and_can_be_tried_again(
        self, staff: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = preview(staff, long_list())
        with monkeypatch.context() as patch:
            patch.setattr(batches, "planned", None)
            work_done()
        page = staff.get(page.path)
        assert page.h1 == "Liste tamamlanmadı"
        page = page.submit("Yeniden dene")
        work_done()
        assert staff.get(page.path).h1 == "Satır satır ne olacak"

    def test_progress_is_seen_by_others(self, staff: Browser) -> None:
        page = preview(staff, long_list())
        taken = leases.claim()
        assert taken is not None
        taken.tell(7)
        page = staff.get(page.path)
        assert "12 satırdan 7 tanesi incelendi." in page.text
        bar = page.soup.select_one("progress")
        assert (bar["value"], bar["max"]) == ("7", "12")


class TestRows:
    ROWS = (
        "Kurum 1 Derneği;Su;a1@b.example",
        ";Su;a2@b.example;;Konak",
        "Kurum 3 Derneği;Su;bozuk(at)b",
        "Toplam;3",
    )

    def test_each_outcome_has_its_filter(self, staff: Browser) -> None:
        OrganizationFactory(name="Kurum 1 Derneği")
        page = looked_through(staff, long_list(0, *self.ROWS, "Bambaşka Vakfı;Su;a5@b.example"))
        rows = staff.get(page.link("satırın tümü"))
        numbers = {
            "Bütün satırlar": 5, "Bakılması gerekenler": 2, "yeni kuruluş": 2, "birleşecek": 1,
            "alınamıyor": 1, "atlandı": 1,
        }  # fmt: skip
        for word, number in numbers.items():
            assert len(staff.get(rows.link(word)).rows()) == number, word

    def test_the_next_row_to_look_at(self, staff: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("coordinator.registry.views.importing.preview.SHOWN_AT_ONCE", 5)
        page = looked_through(staff, long_list(12, ";Su;a2@b.example;;Konak"))
        rows = staff.get(page.link("satırın tümü"))
        link = rows.link("Bakılacak sonraki satır: 14")
        assert link.endswith("page=3#satir-14")
        assert staff.get(link.partition("#")[0]).soup.select_one("#satir-14")

    def test_the_reader_reads_the_rows_in_the_own_language(self, staff: Browser) -> None:
        page = looked_through(staff, long_list(5, ";Su;a2@b.example;;Konak"))
        assert "Kuruluş adı yok." in page.text
        staff.client.set_cookie("dil", "en")
        assert "There is no name." in staff.get(page.path).text

    def test_pages_ask_as_much_for_few_rows_as_for_many(self, staff: Browser) -> None:
        asked: list[dict[str, int]] = []
        for size in (30, 300):
            rows = [f"Yurt {size} {n} Derneği;Su {n};yurt{n}(at)b" for n in range(size)]
            path = looked_through(staff, lines(*rows)).path
            found = {}
            for end in ("", "/satirlar", "/satirlar?sonuc=asks"):
                with counted_statements() as statements:
                    staff.get(path.partition("?")[0] + end)
                found[end] = len(statements)
            asked.append(found)
        assert asked[0] == asked[1]


class TestJournal:
    def test_what_was_added_and_changed_is_written_down(self, staff: Browser) -> None:
        kept = OrganizationFactory(name="Turna Derneği", website="http://eski.example")
        db.session.commit()
        kept_id = kept.id
        content = lines("Turna Derneği;Su Deniz;su@turna.example;;Konak;;;hukuk;;www.yeni.example",
                        "Ada Derneği;Ay;a@b.example")  # fmt: skip
        page = looked_through(staff, content + b"\r\nToplam;2\r\nToplam;2\r\nToplam;2")
        page.submit("2 satırı kaydet")
        work_done()
        changes = list(db.session.scalars(sa.select(ImportChange).order_by(ImportChange.id)))
        by_id = {one.organization_id: one for one in changes}
        changed = by_id.pop(kept_id)
        assert changed.before["values"]["website"] == "http://eski.example"
        assert changed.after["values"]["website"] == "http://www.yeni.example"
        assert (changed.before["areas"], changed.after["areas"]) == ([], ["legal"])
        assert changed.before["contacts"] == []
        (contact,) = changed.after["contacts"]
        stored = db.session.get_one(Contact, contact["id"])
        assert (contact["full_name"], contact["email"]) == ("Su Deniz", "su@turna.example")
        assert (stored.organization_id, stored.is_primary) == (kept_id, contact["is_primary"])
        (added,) = by_id.values()
        assert added.before is None
        assert added.after["values"]["org_type"] == "association"

    def test_an_unchanged_list_leaves_none(self, staff: Browser) -> None:
        looked_through(staff, long_list()).submit("12 satırı kaydet")
        work_done()
        looked_through(staff, long_list()).submit("bitir")
        work_done()
        assert count(ImportChange) == 12
