"""How old the records are, which nobody answers for, whom to call."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.outbox.models import LetterState
from coordinator.registry.models import OrgStatus
from coordinator.verification import operations, queries
from coordinator.verification.models import AnsweredVia, AnswerState, Round
from tests.browser import counted_statements
from tests.factories import ContactFactory, district
from tests.verification.parts import asked, deliver, long_ago, organization, path_to, sent


def passed_round(number: int) -> Round:
    """Return a round that has ended, a year earlier for each number."""
    round_ = sent()
    moment = clock.now() - timedelta(days=365 * number)
    round_.sent_at, round_.answer_by = moment, (moment + timedelta(days=14)).date()
    round_.closed_at = moment + timedelta(days=15)
    db.session.commit()
    return round_


def test_the_sentence_says_how_many_are_old_and_how_many_silent(app, staff):
    assert "Henüz faal kuruluş yok." in staff.get("/dogrulama").text
    silent = organization("Kuruluş a")
    for name in "bcd":
        long_ago(organization(f"Kuruluş {name}"), 10)
    organization("Kuruluş e").status = OrgStatus.CLOSED
    long_ago(silent)
    passed_round(2)
    assert queries.counts().silent == 0
    passed_round(1)
    for name in "bcd":
        one = db.session.execute(
            sa.text("select id from organization where name = :name"), {"name": f"Kuruluş {name}"}
        ).scalar_one()
        db.session.execute(
            sa.text(
                "update verification set state = 'confirmed', answered_at = :moment "
                "where organization_id = :one"
            ),
            {"moment": "2026-01-01 00:00:00", "one": one},
        )
    db.session.commit()
    text = staff.get("/dogrulama").text
    assert "4 kaydın 1’i bir yıldır kontrol edilmedi; 1 kuruluş iki turdur yanıt vermiyor." in text


def test_an_open_round_is_no_silence_yet_and_an_answer_ends_it(app, browser):
    one = organization()
    passed_round(2), passed_round(1)
    assert queries.counts().silent == 1
    sent()
    assert queries.counts().silent == 1
    browser.get(path_to(one)).submit("Hepsi doğru")
    assert queries.counts().silent == 0


def test_each_row_says_last_check_last_answer_letter_and_whom_to_call(app, staff, browser):
    one = organization(phone="")
    ContactFactory(organization=one, full_name="Hale Ay", phone="+905321234567", is_primary=False)
    sent()
    deliver()
    browser.get(path_to(one)).submit("Hepsi doğru")
    long_ago(one)
    db.session.commit()
    page = staff.get("/dogrulama/kayitlar")
    (row,) = page.rows()
    for text in (
        one.name, "Konak", one.verified_at.strftime("%d.%m.%Y"), "Nermin Su, bağlantıdan",
        "Gönderildi", "Hale Ay", "0532 123 45 67", "Bugün kontrol edildi",
    ):  # fmt: skip
        assert text in row


def test_a_letter_that_failed_is_told_in_the_servers_words(app, staff):
    organization()
    round_ = sent()
    deliver(LetterState.FAILED, "550 5.1.1 no such user")
    for path in ("/dogrulama/kayitlar", f"/dogrulama/{round_.public_id}"):
        (row,) = staff.get(path).rows()
        assert "Ulaşmadı" in row
        assert "550 5.1.1 no such user" in row


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["a", "b"]),
        ("?hangi=eski", ["a", "b"]),
        ("?hangi=hic", ["a"]),
        ("?hangi=sessiz", []),
        ("?hangi=hepsi", ["a", "b", "c"]),
        ("?hangi=hepsi&ilce=foca", ["c"]),
        ("?hangi=hepsi&ara=kuruluş+b", ["b"]),
        ("?hangi=\x01&page=99999&ilce=yok", []),
    ],
)
def test_the_list_is_filtered(app, staff, query, names):
    organization("Kuruluş a")
    long_ago(organization("Kuruluş b"))
    fresh = organization("Kuruluş c")
    fresh.district = district("Foça")
    long_ago(fresh, 5)
    organization("Kuruluş d").status = OrgStatus.PASSIVE
    rows = staff.get(f"/dogrulama/kayitlar{query}").rows()
    assert [row.split()[1] for row in rows] == names


def test_checked_today_is_written_down_and_answers_the_open_round(app, staff):
    one = organization(email="")
    round_ = sent()
    assert asked(one).state is AnswerState.UNREACHED
    page = staff.get(f"/dogrulama/{round_.public_id}").submit("Bugün kontrol edildi")
    assert f"{one.name} kaydının bugün kontrol edildiği yazıldı." in page.text
    assert page.path.startswith(f"/dogrulama/{round_.public_id}")
    db.session.refresh(one)
    answer = asked(one)
    assert one.verified_at == clock.today()
    assert (answer.state, answer.answered_via) == (AnswerState.CONFIRMED, AnsweredVia.STAFF)
    assert "Bugün kontrol edildi" in staff.get("/dogrulama/kayitlar?hangi=hepsi").text


def test_a_round_page_counts_filters_and_names(app, staff, browser):
    confirmed, silent = organization("Kuruluş a"), organization("Kuruluş b")
    unreached = organization("Kuruluş c", email="")
    round_ = sent()
    browser.get(path_to(confirmed)).submit("Hepsi doğru")
    page = staff.get(f"/dogrulama/{round_.public_id}")
    assert "3 kuruluştan 1’i yanıtladı. 1 kuruluş aranacak." in page.text
    assert len(page.rows()) == 3
    page = staff.get(page.link("Sessizler"))
    assert [row.split()[1] for row in page.rows()] == ["b", "c"]
    assert staff.get(f"/dogrulama/{round_.public_id}?durum=settled").rows() == []
    operations.close_round(round_=round_, actor=COMMAND)
    page = staff.get("/dogrulama")
    assert "Bitti" in page.text
    assert silent.name in staff.get(f"/dogrulama/{round_.public_id}").text
    assert unreached.name in staff.get(f"/dogrulama/{round_.public_id}").text


def test_the_list_costs_the_same_at_every_size(app, staff):
    def statements(count: int) -> int:
        for number in range(count):
            organization(f"Kuruluş {count} {number}")
        passed_round(1)
        with counted_statements() as found:
            staff.get("/dogrulama/kayitlar?hangi=hepsi")
        return len(found)

    assert statements(3) == statements(45)


def test_what_waits_is_counted_above_the_list_of_organisations(app, staff, browser):
    one = organization()
    sent()
    browser.get(f"{path_to(one)}/duzelt").submit("Düzeltmeleri gönder", short_name="KRKD")
    page = staff.get("/kuruluslar")
    assert page.link("Hâlâ doğru mu?") == "/dogrulama"
    assert "1 kuruluşun düzeltmesi bekliyor" in staff.get("/dogrulama").text


def test_an_organisations_page_says_what_it_answered(app, staff, browser):
    one = organization()
    page = staff.get(f"/kuruluslar/{one.public_id}")
    assert "Kuruluşa henüz sorulmadı." in page.text
    sent()
    browser.get(f"{path_to(one)}/duzelt").submit("Düzeltmeleri gönder", short_name="KRKD")
    page = staff.get(f"/kuruluslar/{one.public_id}")
    assert "Düzeltme bekliyor" in page.text
    assert "KRKD" in staff.get(page.link("Düzeltmelere bak")).text
