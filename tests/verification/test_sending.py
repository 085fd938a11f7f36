"""Rounds: who is asked, by one letter each, never twice; the silent are reminded."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from coordinator import clock, links
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.links import PersonalLink
from coordinator.outbox import working
from coordinator.outbox.models import LetterState
from coordinator.registry.models import Channel, OrgStatus
from coordinator.verification import operations, queries
from coordinator.verification.models import AnswerState, Round, Verification
from tests.browser import counted_statements
from tests.factories import ContactFactory, OrganizationFactory, district
from tests.verification.parts import (
    asked,
    deliver,
    letters,
    long_ago,
    organization,
    path_of,
    path_to,
    prepared,
    sent,
)

START = "/dogrulama/yeni"


def test_a_round_asks_whose_record_was_not_checked_for_a_year(app):
    never, old, fresh = (organization(f"Kuruluş {name}") for name in ("a", "b", "c"))
    long_ago(old), long_ago(fresh, 300)
    round_ = prepared({"tazelik": "eski"})
    assert operations.send(round_=round_, actor=COMMAND) == operations.Sent(2, 2, 0)
    rows = db.session.scalars(sa.select(Verification.organization_id)).all()
    assert set(rows) == {never.id, old.id}
    assert fresh.id not in rows


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        ({}, ["Kuruluş a", "Kuruluş b"]),
        ({"ilce": ["foca"]}, ["Kuruluş b"]),
        ({"ilce": ["foca", "konak"]}, ["Kuruluş a", "Kuruluş b"]),
        ({"tur": ["foundation"]}, []),
    ],
)
def test_a_round_can_keep_to_districts_and_kinds_of_active_organisations(app, scope, names):
    organization("Kuruluş a")
    organization("Kuruluş b").district = district("Foça")
    organization("Kuruluş c").status = OrgStatus.PASSIVE
    plan = queries.plan_of(prepared(scope))
    assert [one.name for one in plan.reached()] == names


def test_one_letter_goes_to_the_primary_contact_or_the_organisations_own_address(app):
    one, two, three, four = (organization(f"Kuruluş {name}") for name in "abcd")
    ContactFactory(organization=one, full_name="Ada Ay", is_primary=False)
    two.contacts[0].email, two.email = "", "iki@kurulus.example"
    three.contacts[0].preferred_channel = Channel.PHONE
    four.contacts[0].email = ""
    result = operations.send(round_=prepared(), actor=COMMAND)
    assert (result.asked, result.letters, result.unreachable) == (4, 2, 2)
    assert {letter.to_name for letter in letters()} == {"Nermin Su", "Kuruluş b"}
    assert asked(two).letters[0].contact_id is None
    assert asked(three).state is asked(four).state is AnswerState.UNREACHED


def test_the_letter_is_in_the_recipients_language_and_arrives_with_its_link(
    app, smtp_server, browser
):
    organization("Körfez & Rüzgâr <b>", full_name="Nermin Su", email="nermin@kurulus.example")
    organization("Ege Platformu", preferred_language="en", email="ada@kurulus.example")
    sent()
    working.deliver()
    turkish, english = sorted(smtp_server.received, key=lambda one: one.recipient, reverse=True)
    assert turkish.subject == "Körfez & Rüzgâr <b> bilgileri hâlâ doğru mu?"
    assert english.subject == "Are the details of Ege Platformu still right?"
    text, html = turkish.part("text/plain"), turkish.part("text/html")
    assert "Sayın Nermin Su," in text
    assert "Körfez &amp; Rüzgâr &lt;b&gt;" in html
    path = path_of(letters()[1])
    assert path in text
    assert path in html
    assert "LINK-" not in text + html
    assert browser.get(path).h1 == "Bilgileriniz hâlâ doğru mu?"


def test_sending_again_asks_only_who_is_missing(app):
    organization("Kuruluş a")
    unreached = organization("Kuruluş b", email="")
    round_ = sent()
    assert operations.send(round_=round_, actor=COMMAND) == operations.Sent(0, 0, 0)
    organization("Kuruluş c")
    unreached.contacts[0].email = "yeni@kurulus.example"
    assert operations.send(round_=round_, actor=COMMAND) == operations.Sent(1, 2, 0)
    db.session.refresh(asked(unreached))
    assert asked(unreached).state is AnswerState.ASKED
    assert len(letters()) == 3


def test_a_letter_that_failed_goes_out_anew_to_another_address_only(app):
    one = organization()
    round_ = sent()
    deliver(LetterState.FAILED, "550 no such user")
    assert operations.send(round_=round_, actor=COMMAND).letters == 0
    one.contacts[0].email = "yeni@kurulus.example"
    assert operations.send(round_=round_, actor=COMMAND).letters == 1
    assert len(asked(one).letters) == 2


def test_only_the_silent_are_reminded_and_not_within_a_day(app, browser):
    silent, answered = organization("Kuruluş a"), organization("Kuruluş b")
    organization("Kuruluş c", email="")
    round_ = sent()
    deliver()
    browser.get(path_to(answered)).submit("Hepsi doğru")
    assert operations.remind(round_=round_, actor=COMMAND) == 0
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=False):
        assert operations.remind(round_=round_, actor=COMMAND) == 1
        assert operations.remind(round_=round_, actor=COMMAND) == 0
        db.session.commit()
        (reminder,) = letters("verification_reminder")
        assert reminder.to_address == silent.contacts[0].email
        assert reminder.subject.startswith("Hatırlatma: Kuruluş a")
        assert path_of(reminder) != path_of(letters("verification")[0])
        browser.get(path_of(reminder)).submit("Hepsi doğru")
        assert browser.get(path_of(letters("verification")[0])).h1 == "Teşekkürler, not ettik"


def test_a_round_that_has_ended_sends_and_reminds_no_more(app):
    organization()
    round_ = sent(days=1)
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        with pytest.raises(operations.RoundEnded):
            operations.remind(round_=round_, actor=COMMAND)
        with pytest.raises(operations.RoundEnded):
            operations.send(round_=round_, actor=COMMAND)


def test_a_round_nobody_belongs_to_is_not_sent(app, staff):
    round_ = prepared()
    with pytest.raises(operations.NobodyThere):
        operations.send(round_=round_, actor=COMMAND)
    page = staff.get(f"/dogrulama/{round_.public_id}/onizleme")
    assert "Böyle faal bir kuruluş yok" in page.text


def test_moving_the_last_day_moves_the_links(app, browser):
    one = organization()
    round_ = sent(days=2)
    later = round_.answer_by + timedelta(days=10)
    operations.edit_round(
        round_=round_, version=round_.version, name="Yeni ad", answer_by=later, scope={},
        actor=COMMAND,
    )  # fmt: skip
    db.session.commit()
    with time_machine.travel(clock.end_of(later) - timedelta(hours=1), tick=False):
        assert "Hepsi doğru" in browser.get(path_to(one)).text
    link = db.session.scalars(sa.select(PersonalLink)).one()
    assert link.expires_at == clock.end_of(later) + timedelta(days=30)


def test_60_organisations_are_asked_in_as_few_statements_as_three(app):
    def statements(count: int) -> int:
        for number in range(count):
            organization(f"Kuruluş {number:04}")
        round_ = prepared()
        db.session.commit()
        with counted_statements() as found:
            operations.send(round_=round_, actor=COMMAND)
            db.session.commit()
        operations.close_round(round_=round_, actor=COMMAND)
        return len(found)

    few = statements(3)
    assert few < 30
    assert statements(60) == few


def test_staff_prepare_look_and_send(app, staff):
    organization("Kuruluş a", email="ada@kurulus.example", full_name="Ada Ay")
    organization("Kuruluş b", email="", full_name="Hale Ay", phone="+905321234567")
    page = staff.get(START)
    year = clock.today().year
    assert page.filled(page.form("Gör ve gönder"))["name"] == f"{year} kontrolü"
    page = page.submit("Gör ve gönder")
    assert page.h1 == f"{year} kontrolü"
    assert "1 kuruluşa mektupla sorulacak." in page.text
    assert "1 kuruluşun e-posta adresi yok" in page.text
    assert "Hale Ay" in page.text
    assert "0532 123 45 67" in page.text
    assert "Kuruluş a bilgileri hâlâ doğru mu?" in page.text
    sheet = staff.send("GET", page.soup.iframe["src"])
    assert "Sayın Ada Ay" in sheet.get_data(as_text=True)
    assert "/kayit/deneme" in sheet.get_data(as_text=True)
    assert staff.get("/kayit/deneme").h1 == "Örnek"
    assert letters() == []
    page = page.submit("1 mektubu gönder")
    assert "1 mektup sırada." in page.text
    assert "1 kuruluş telefon listesinde." in page.text
    assert "2 kuruluştan 0’ı yanıtladı." in page.text
    deeds = db.session.scalars(sa.select(AuditLine.action)).all()
    assert "round.prepared" in deeds
    assert "round.sent" in deeds


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "Tura bir ad verin."),
        ({"name": "x" * 101}, "100"),
        ({"name": "10000000146"}, "kimlik numaras"),
        ({"answer_by": "yarın"}, "12.11.2026"),
        ({"answer_by": ""}, "Son günü yazın."),
        ({"who": "kimse"}, "Listeden"),
    ],
)
def test_wrong_input_of_a_round_is_told_and_kept(app, staff, values, words):
    page = staff.get(START).submit("Gör ve gönder", 422, **values)
    assert words in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Round)) == 0


@pytest.mark.parametrize("day", ["01.01.2020", "31.12.2099"])
def test_a_last_day_in_the_past_or_far_away_is_refused(app, staff, day):
    page = staff.get(START).submit("Gör ve gönder", 409, answer_by=day)
    assert "Bugünden başlayarak bir yıl içinde" in page.text


def test_a_round_is_dropped_before_it_is_sent_and_closed_after(app, staff):
    organization()
    round_ = prepared({"ilce": ["konak"]})
    page = staff.get(f"/dogrulama/{round_.public_id}")
    page = staff.get(page.link("Kime, ne zamana kadar"))
    assert page.filled(page.form("Gör ve gönder"))["ilce"] == ["konak"]
    staff.get(f"/dogrulama/{round_.public_id}").submit("Turu sil")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Round)) == 0
    round_ = sent()
    with pytest.raises(operations.AlreadySent):
        operations.drop_round(round_=round_, actor=COMMAND)
    page = staff.get(f"/dogrulama/{round_.public_id}").submit("Turu kapat")
    assert "Bu tur bitti." in page.text
    db.session.refresh(round_)
    assert not round_.is_open


def test_the_pages_of_a_round_cost_the_same_at_every_size(app, staff):
    def statements(count: int) -> list[int]:
        for number in range(count):
            one = organization(f"Kuruluş {count} {number:04}", email="" if number % 3 else "a@b.tr")
            one.contacts[0].phone = ""
        round_ = sent()
        numbers = []
        for path in ("", "/onizleme", "?durum=sessiz"):
            with counted_statements() as found:
                staff.get(f"/dogrulama/{round_.public_id}{path}")
            numbers.append(len(found))
        operations.close_round(round_=round_, actor=COMMAND)
        return numbers

    assert statements(3) == statements(120)


def test_links_are_stored_as_hashes_only(app):
    one = organization()
    sent()
    token = path_to(one).removeprefix("/kayit/")
    link = links.find(operations.PURPOSE, token)
    assert link is not None
    assert token not in (link.nonce, link.token_hash)
    assert token not in asked(one).letters[0].letter.text


def test_organisations_without_contacts_are_asked_at_their_own_address(app):
    OrganizationFactory(name="Kuruluş a", email="a@kurulus.example")
    assert operations.send(round_=prepared(), actor=COMMAND).letters == 1


def test_a_prepared_round_stands_in_the_list(app, staff, viewer):
    round_ = prepared()
    for reader in (staff, viewer):
        page = reader.get("/dogrulama")
        assert "Henüz gönderilmedi" in page.text
        assert round_.name in page.text
    assert "Bu turun" not in viewer.get(f"/dogrulama/{round_.public_id}").text
