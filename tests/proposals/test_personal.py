"""An organisation writes by its personal link: no account, drafts, one file, until the last day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from flask import Flask

from coordinator import clock
from coordinator.documents.models import Document
from coordinator.extensions import db
from coordinator.outbox.models import OutboxLetter
from coordinator.proposals import operations
from coordinator.proposals.models import Call, ProposalStatus
from tests.browser import Browser
from tests.factories import CallFactory, ContactFactory
from tests.proposals.conftest import DERYA, PDF, Asked, asked, letters, pdf
from tests.proposals.writing import DRAFT, SEND, WHOLE, number, only


def test_a_proposal_is_written_and_sent_with_a_receipt(browser: Browser, korfez: Asked) -> None:
    page = browser.get(korfez.path)
    assert page.h1 == "25 Kasım’da ve sonrasında ne yapalım?"
    assert "Körfez Rüzgârı Kadın Derneği" in page.text
    assert page.filled(page.form(SEND))["author_name"] == "Nermin Su"
    page = page.submit(SEND, **WHOLE, attachment=pdf())
    assert page.h1 == WHOLE["title"]
    assert "Öneriniz şubeye ulaştı." in page.text
    assert "Bir örneği nermin@korfez.example adresine gidiyor." in page.text
    assert "Öneriyi gönderdiniz" in page.text
    proposal = only()
    assert {name: getattr(proposal, name) for name in WHOLE} == WHOLE
    assert proposal.status is ProposalStatus.SUBMITTED
    assert (proposal.author_name, proposal.access_id) == ("Nermin Su", korfez.access.id)
    (letter,) = letters("proposal_receipt")
    assert (letter.to_address, letter.language) == ("nermin@korfez.example", "tr")
    assert letter.subject == "Önerinizi aldık: Gece otobüsünde güvenli durak"
    for said in (*WHOLE.values(), "afiş taslağı.pdf"):
        assert said in letter.text
    assert list(letter.links.values()) == [korfez.access.link_id]


def test_a_draft_is_kept_opened_and_sent_later(browser: Browser, korfez: Asked) -> None:
    page = browser.get(korfez.path).submit(DRAFT, title="Başlangıç")
    assert page.h1 == "Taslağınız"
    assert "Taslağınız kaydedildi." in page.text
    assert only().status is ProposalStatus.DRAFT
    assert letters("proposal_receipt") == []
    page = browser.get(browser.get(korfez.path).link("Yazmayı sürdür"))
    assert page.filled(page.form(SEND))["title"] == "Başlangıç"
    page = page.submit(SEND, summary="Yürüyelim.")
    assert page.h1 == "Başlangıç"
    assert only().status is ProposalStatus.SUBMITTED
    assert browser.get(korfez.path).link("Oku").endswith(only().public_id)


def test_the_attachment_is_replaced_removed_and_downloaded(
    browser: Browser, korfez: Asked, mavi: Asked
) -> None:
    browser.get(korfez.path).submit(DRAFT, title="Afiş", attachment=pdf("ilk.pdf"))
    path = f"{korfez.path}/{only().public_id}"
    page = browser.get(path)
    assert page.link("ilk.pdf") == f"{path}/ek"
    page = page.submit(DRAFT, attachment=pdf("İş Planı.pdf", PDF + b"2"))
    answer = browser.send("GET", f"{path}/ek")
    assert answer.data == PDF + b"2"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "%C4%B0%C5%9F%20Plan%C4%B1.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    browser.get(f"{mavi.path}/{only().public_id}/ek", 404)
    page.submit(DRAFT, remove_attachment="y")
    assert only().document_id is None
    browser.get(f"{path}/ek", 404)


def test_the_same_form_sent_twice_makes_one_proposal(browser: Browser, korfez: Asked) -> None:
    first = browser.get(korfez.path)
    first.submit(SEND, **WHOLE)
    page = first.submit(SEND, **WHOLE)
    assert page.h1 == WHOLE["title"]
    assert number() == 1
    assert len(letters("proposal_receipt")) == 1
    page = first.submit(SEND, 409, **{**WHOLE, "title": "Başka"})
    assert "Bu form zaten kaydedildi." in page.text
    assert number() == 1


def test_going_back_to_the_form_of_a_draft_changes_the_draft(
    browser: Browser, korfez: Asked
) -> None:
    first = browser.get(korfez.path)
    first.submit(DRAFT, title="Bir")
    first.submit(DRAFT, title="İki")
    assert only().title == "İki"


def test_two_who_write_on_the_same_draft_see_both_texts(browser: Browser, korfez: Asked) -> None:
    path = f"{korfez.path}/{korfez.writes('Bir').public_id}"
    mine = browser.get(path)
    browser.get(path).submit(DRAFT, title="Onların başlığı")
    page = mine.submit(DRAFT, 409, title="Benim başlığım")
    assert page.filled(page.form(DRAFT))["title"] == "Benim başlığım"
    assert "Onların başlığı" in page.text
    page.submit(DRAFT)
    assert only().title == "Benim başlığım"


def test_a_sent_proposal_is_read_not_changed(browser: Browser, korfez: Asked) -> None:
    proposal = korfez.sends()
    page = browser.get(f"{korfez.path}/{proposal.public_id}")
    assert page.soup.find("textarea") is None
    page = browser.post(f"{korfez.path}/{proposal.public_id}", {"title": "Yeni"}, 400)
    assert only().title == "Gece otobüsünde güvenli durak"


def test_a_draft_sent_meanwhile_is_not_sent_again(browser: Browser, korfez: Asked) -> None:
    path = f"{korfez.path}/{korfez.writes().public_id}"
    late = browser.get(path)
    browser.get(path).submit(SEND)
    page = late.submit(SEND, 409, need="Sonradan yazdım")
    assert "Bu öneri zaten gönderildi." in page.text
    assert "Sonradan yazdım" in page.text
    assert len(letters("proposal_receipt")) == 1


def end_of(call: Call) -> datetime:
    return (clock.end_of(call.closes_on) + timedelta(seconds=1)).astimezone(UTC)


def test_proposals_are_taken_until_the_end_of_the_last_day_in_istanbul(
    browser: Browser, korfez: Asked
) -> None:
    midnight = end_of(korfez.access.call)
    assert (midnight.hour, midnight.minute) == (21, 0)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        open_page = browser.get(korfez.path)
        open_page.submit(SEND, **WHOLE)
        late = browser.get(korfez.path)
        draft = browser.get(korfez.path).submit(DRAFT, title="Yarım kaldı")
    with time_machine.travel(midnight, tick=False):
        page = late.submit(SEND, 409, **{**WHOLE, "title": "Geç kaldım"})
        assert "Çağrı şu anda açık değil" in page.text
        assert "Geç kaldım" in page.text
        page = draft.submit(SEND, 409, summary="Şimdi yazdım")
        assert "Şimdi yazdım" in page.text
        page = browser.get(korfez.path)
        assert "günü kapandı" in page.text
        assert page.soup.find("textarea") is None
        page = browser.get(page.link(WHOLE["title"]))
        assert "Sırada: şubenin okuması" in page.text
        assert "Bu taslak gönderilmedi." in browser.get(draft.path).text
    assert number() == 2


def test_before_the_first_day_the_page_says_when_it_begins(browser: Browser, app: Flask) -> None:
    call = CallFactory(opens_on=clock.today() + timedelta(days=1))
    one = asked(call, ContactFactory())
    page = browser.get(one.path)
    assert "günü açılıyor" in page.text
    assert page.soup.find("textarea") is None


def test_the_answers_are_private_and_reading_writes_nothing(
    browser: Browser, korfez: Asked
) -> None:
    proposal = korfez.sends()
    db.session.commit()
    before = (number(), letter_count())
    for path in (korfez.path, f"{korfez.path}/{proposal.public_id}", "/oneri/" + "x" * 43):
        answer = browser.send("GET", path)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
    assert (number(), letter_count()) == before


def letter_count() -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(OutboxLetter)) or 0


def test_an_organisation_cannot_fill_the_house(
    browser: Browser, korfez: Asked, monkeypatch: Any
) -> None:
    monkeypatch.setattr("coordinator.proposals.operations.writing.MOST", 1)
    browser.get(korfez.path).submit(DRAFT, title="Bir")
    page = browser.get(korfez.path).submit(DRAFT, 409, title="İki")
    assert "en çok" in page.text
    assert number() == 1


def test_a_receipt_that_cannot_be_written_takes_the_proposal_back(
    browser: Browser, korfez: Asked, monkeypatch: Any
) -> None:
    def fails(*_args: Any) -> Any:
        raise RuntimeError("no letter today")

    monkeypatch.setattr("coordinator.proposals.emails.receipts", fails)
    browser.app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        browser.get(korfez.path).submit(SEND, 500, **WHOLE)
    finally:
        browser.app.config["PROPAGATE_EXCEPTIONS"] = None
    assert number() == 0


def test_without_an_address_the_receipt_goes_to_the_organisations_contacts(
    browser: Browser, korfez: Asked
) -> None:
    second = ContactFactory(organization=korfez.organization, is_primary=False)
    browser.get(korfez.path).submit(SEND, **WHOLE, author_email="")
    assert {one.to_address for one in letters("proposal_receipt")} == {
        korfez.contact.email,
        second.email,
    }


def test_a_draft_is_deleted_with_its_file(browser: Browser, korfez: Asked) -> None:
    page = browser.get(korfez.path).submit(DRAFT, title="Vazgeçtim", attachment=pdf())
    page = browser.get(page.link("Taslağı sil"))
    assert only().status is ProposalStatus.DRAFT
    page = page.submit("Taslağı sil")
    assert "Taslak silindi." in page.text
    assert "Vazgeçtim" not in browser.get(korfez.path).text
    assert db.session.scalars(db.select(Document)).all() == []


def test_a_proposal_is_taken_back_until_it_is_decided(
    browser: Browser, staff: Browser, korfez: Asked, mavi: Asked
) -> None:
    first, second = korfez.sends("Birinci"), korfez.sends("İkinci")
    page = browser.get(f"{korfez.path}/{first.public_id}")
    page = browser.get(page.link("Öneriyi geri çek")).submit("Öneriyi geri çek")
    assert first.status is ProposalStatus.WITHDRAWN
    text = staff.get(f"/oneriler/{first.public_id}").text
    assert "Kuruluş öneriyi geri çekti" in text
    assert "Yanıtı gönder" not in text
    path = f"{korfez.path}/{second.public_id}/geri-cek"
    late = browser.get(path)
    operations.decide(second, accept=True, reason="Güzel.", actor=DERYA)
    late.submit("Öneriyi geri çek", 409)
    assert second.status is ProposalStatus.ACCEPTED
    browser.get(f"{mavi.path}/{second.public_id}/geri-cek", 404)
