"""The page behind a letter's link: one record, confirmed or corrected, changed by a POST only."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from coordinator import clock, links
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry.models import OrgStatus
from coordinator.verification import operations
from coordinator.verification.models import AnsweredVia, AnswerState
from tests.factories import ContactFactory
from tests.verification.parts import NAME, asked, letters, organization, path_to, sent

EVERYTHING = (
    "verification", "proposed_change", "organization", "contact", "personal_link", "letter",
    "audit_line",
)  # fmt: skip


def everything() -> list[object]:
    tables = db.metadata.tables
    return [db.session.execute(sa.select(tables[name])).all() for name in EVERYTHING]


def test_the_page_shows_the_record_in_plain_words(app, browser):
    one = organization(position="Başkan", phone="+905321234567", email="nermin@kurulus.example")
    one.address, one.phone = "Kordon 1", "+902322931200"
    organization("Foça Sardunya Kadın Derneği")
    sent()
    page = browser.get(path_to(one))
    assert page.h1 == "Bilgileriniz hâlâ doğru mu?"
    for text in (NAME, "Dernek", "Konak", "Kordon 1", "0232 293 12 00", "Nermin Su", "Başkan"):
        assert text in page.text
    assert "0532 123 45 67" in page.text
    assert "nermin@kurulus.example" in page.text
    assert "Foça" not in page.text
    assert page.link("Bir şeyi düzeltmek istiyorum")


def test_others_numbers_and_addresses_are_hidden(app, browser):
    one = organization()
    ContactFactory(
        organization=one, full_name="Hale Ay", is_primary=False, position="Sayman",
        phone="+905321234567", email="hale@kurulus.example",
    )  # fmt: skip
    sent()
    for path in (path_to(one), f"{path_to(one)}/duzelt"):
        page = browser.get(path)
        assert "Hale Ay" in page.response.get_data(as_text=True)
        assert "0532 ••• •• 67" in page.text
        assert "h•••@kurulus.example" in page.text
        assert "123 45" not in page.response.get_data(as_text=True)
        assert "hale@" not in page.response.get_data(as_text=True)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_scanner_changes_nothing(app, browser, method):
    one = organization()
    sent()
    path, before = path_to(one), everything()
    for more in ("", "/duzelt", "?dil=en"):
        for agent in ("Mozilla/5.0", "SafeLinks", ""):
            browser.send(method, path + more, headers={"User-Agent": agent})
    db.session.rollback()
    assert everything() == before


@pytest.mark.parametrize("more", ["", "/duzelt"])
def test_nobody_keeps_or_passes_on_the_page(app, browser, more):
    one = organization()
    sent()
    headers = browser.send("GET", path_to(one) + more).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_one_press_confirms_the_record(app, browser):
    one = organization()
    sent()
    page = browser.get(path_to(one)).submit("Hepsi doğru")
    assert page.h1 == "Teşekkürler, not ettik"
    assert "yeniden açıp yanıtınızı değiştirebilirsiniz" in page.text
    db.session.refresh(one)
    answer = asked(one)
    assert one.verified_at == clock.today()
    assert (answer.state, answer.answered_by) == (AnswerState.CONFIRMED, "Nermin Su")
    assert answer.answered_via is AnsweredVia.LINK
    deeds = db.session.scalars(sa.select(AuditLine.action)).all()
    assert {"verification.confirmed", "organization.checked"} <= set(deeds)
    assert len(letters()) == 1


def test_a_record_changed_while_the_page_was_open_is_looked_at_again(app, browser):
    one = organization()
    sent()
    page = browser.get(path_to(one))
    one.phone = "+902322931200"
    db.session.commit()
    page = page.submit("Hepsi doğru", 409)
    assert "Kayıt bu sayfa açıkken değişti" in page.text
    assert "0232 293 12 00" in page.text
    db.session.refresh(one)
    assert one.verified_at is None
    page.submit("Hepsi doğru")
    db.session.refresh(one)
    assert one.verified_at == clock.today()


def test_the_link_takes_answers_until_the_end_of_the_last_day(app, browser):
    one = organization()
    round_ = sent(days=3)
    path, end = path_to(one), clock.end_of(round_.answer_by)
    with time_machine.travel(end - timedelta(minutes=1), tick=False):
        page, form = browser.get(path), browser.get(f"{path}/duzelt")
    with time_machine.travel(end + timedelta(minutes=1), tick=False):
        late = page.submit("Hepsi doğru", 409)
        assert "Son yanıt günü geçti." in late.text
        assert "Hepsi doğru" not in browser.get(path).text
        assert browser.get(f"{path}/duzelt").h1 == "Bilgileriniz hâlâ doğru mu?"
        late = form.submit("Düzeltmeleri gönder", 409, short_name="KRKD")
        assert "Son yanıt günü geçti." in late.text
        assert late.soup.select_one("[name=short_name]")["value"] == "KRKD"
    with time_machine.travel(end + timedelta(days=31), tick=False):
        assert "artık geçerli değil" in browser.get(path, 410).h1
    assert asked(one).state is AnswerState.ASKED


@pytest.mark.parametrize(
    ("status", "words"),
    [(OrgStatus.CLOSED, "kaydı kapatıldı"), (OrgStatus.MERGED, "birleştirildi")],
)
def test_the_link_of_a_closed_record_says_so(app, browser, status, words):
    one = organization()
    sent()
    path = path_to(one)
    one.status = status
    db.session.commit()
    page = browser.get(path, 410)
    assert page.h1 == "Bu kayıt kapatıldı"
    assert words in page.text
    assert NAME not in page.text


def test_a_foreign_an_unknown_and_a_revoked_link_open_nothing(app, browser):
    one = organization()
    sent()
    path = path_to(one)
    assert browser.get("/kayit/" + "a" * 43, 404).h1 == "Bu bağlantı açılmıyor"
    assert browser.get("/kayit/x", 404)
    assert browser.get(path.replace("/kayit/", "/davet/"), 404)
    links.revoke(operations.PURPOSE, asked(one).id)
    db.session.commit()
    assert browser.get(path, 410)
    assert browser.send("POST", path).status_code in (400, 410)


def test_a_link_to_an_address_that_is_theirs_no_more_opens_nothing(app, browser):
    one = organization()
    sent()
    path = path_to(one)
    one.contacts[0].email = "baska@kurulus.example"
    db.session.commit()
    assert browser.get(path, 410)


def test_a_closed_round_takes_no_answer_and_still_shows_what_became_of_it(app, browser):
    one = organization()
    round_ = sent()
    path = path_to(one)
    browser.get(path).submit("Hepsi doğru")
    operations.close_round(round_=round_, actor=COMMAND)
    page = browser.get(path)
    assert "Son yanıt günü geçti." in page.text
    assert "Hepsi doğru" not in page.text


def test_the_page_speaks_the_letters_language(app):
    from tests.browser import Browser

    one = organization(preferred_language="en")
    sent()
    reader = Browser(app)
    reader.client.delete_cookie("dil")
    assert reader.get(path_to(one)).h1 == "Are your details still right?"
    assert reader.get(f"{path_to(one)}?dil=tr").h1 == "Bilgileriniz hâlâ doğru mu?"
