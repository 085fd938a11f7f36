"""The page behind a letter's link: it shows one invitation, and only a POST changes it."""

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.institution.models import Institution
from coordinator.invitations.models import AnsweredVia, Invitation, LetterKind, RsvpAnswer
from coordinator.invitations.signals import Block, composing
from coordinator.meetings.models import Meeting
from tests.browser import Browser, counted_statements
from tests.factories import UserFactory
from tests.invitations.parts import (
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
    path_of,
)

EVERYTHING = ("invitation", "personal_link", "letter", "invitation_letter", "audit_line", "meeting")


def opened(**meeting: object) -> tuple[Invitation, str]:
    """Return an invitation and the path of its letter's link."""
    one = organization("Körfez Rüzgârı Kadın Derneği", full_name="Nermin Su")
    organization("Foça Sardunya Kadın Derneği")
    of_all = invited(one, title="Birlikte hazırlıyoruz", **meeting)
    return invitation_of(of_all, one), path_of(letter_to(one.contacts[0]))


def everything() -> list[object]:
    tables = db.metadata.tables
    return [db.session.execute(sa.select(tables[name])).all() for name in EVERYTHING]


def test_the_page_shows_the_meeting_and_asks(app, browser):
    _invitation, path = opened()
    page = browser.get(path)
    assert page.h1 == "Birlikte hazırlıyoruz"
    assert "Körfez Rüzgârı Kadın Derneği" in page.text
    assert "Foça" not in page.text
    assert "Katılacak mısınız?" in page.text
    assert [box["value"] for box in page.soup.select("input[name=answer]")] == [
        "yes",
        "deputy",
        "maybe",
        "no",
    ]
    assert not page.soup.select("input[name=answer][checked]")


def test_a_question_is_offered_only_where_somebody_can_be_asked(app, browser):
    _invitation, path = opened()
    assert "Sorunuz mu var?" in browser.get(path).text
    db.session.execute(sa.update(Institution).values(phone="", email=""))
    db.session.execute(sa.update(Meeting).values(owner_id=None))
    db.session.commit()
    assert "Sorunuz mu var?" not in browser.get(path).text


@pytest.mark.parametrize(
    ("word", "code"),
    [("evet", "yes"), ("hayir", "no"), ("belki", "maybe"), ("temsilci", "deputy")],
)
def test_the_letters_button_chooses_the_answer(app, browser, word, code):
    _invitation, path = opened()
    page = browser.get(f"{path}?yanit={word}")
    assert [box["value"] for box in page.soup.select("input[name=answer][checked]")] == [code]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_scanner_changes_nothing(app, browser, method):
    _invitation, path = opened()
    before = everything()
    for more in ("", "?yanit=evet", "?degistir=1", "/takvim.ics"):
        for agent in ("Mozilla/5.0", "SafeLinks", "Barracuda", ""):
            browser.send(method, path + more, headers={"User-Agent": agent})
    db.session.rollback()
    assert everything() == before


@pytest.mark.parametrize("more", ["", "?yanit=evet", "/takvim.ics"])
def test_nobody_keeps_or_passes_on_the_page(app, browser, more):
    _invitation, path = opened()
    headers = browser.send("GET", path + more).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_an_answer_is_given_shown_and_changed(app, browser):
    invitation, path = opened()
    page = browser.get(f"{path}?yanit=evet").submit(
        "Yanıtı gönder",
        people="2",
        **{"attendee_names-0": "Nermin Su", "attendee_names-1": "Hale Ay"},
        access_needs=["sign_language", "childcare"],
    )
    assert "Yanıtınızı aldık" in page.text
    assert "Katılacaksınız" in page.text
    assert "N••• S••• ve H••• A•••" in page.text
    assert "2 kolaylık" in page.text
    assert "n•••@kurulus.example" in page.text
    assert invitation.answered_via is AnsweredVia.LINK
    (receipt,) = letters(LetterKind.RECEIPT)
    assert receipt.to_address == letters(LetterKind.INVITATION)[0].to_address
    assert "Nermin Su ve Hale Ay" in receipt.text
    assert "işaret dili çevirmeni, çocuk bakım ve oyun alanı" in receipt.text
    assert path_of(receipt) == path

    page = browser.get(page.link("Yanıtı değiştir"))
    page = page.submit("Yanıtı gönder", answer="no")
    assert "Katılamayacaksınız" in page.text
    db.session.refresh(invitation)
    assert (invitation.answer, invitation.people) == (RsvpAnswer.NO, 0)
    assert len(letters(LetterKind.RECEIPT)) == 2
    assert "Takvime ekle" not in page.text


def test_the_page_after_the_answer_gives_the_calendar_file(app, browser):
    invitation, path = opened()
    page = browser.get(path).submit("Yanıtı gönder", answer="deputy")
    response = browser.send("GET", page.link("Takvime ekle"))
    assert response.content_type == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.get_data(as_text=True))
    assert calendar["METHOD"] == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert event["UID"].startswith(invitation.meeting.public_id)
    assert "ATTENDEE" not in event


def test_what_others_add_stands_on_the_page_after_the_answer(app, browser):
    _invitation, path = opened()

    def add(_meeting, asked):
        assert all(place.book is None for place in asked if not place.sample)
        return [Block("Ne yapalım?", "Birkaç cümle yeter.", "Öneri yaz", "/oneri/1")] * len(asked)

    with composing.connected_to(add):
        page = browser.get(path)
        assert "Ne yapalım?" not in page.text
    with_answer = browser.get(path).submit("Yanıtı gönder", answer="maybe")
    with composing.connected_to(add):
        assert with_answer.browser.get(path).link("Öneri yaz") == "/oneri/1"


def test_an_empty_form_says_what_is_missing(app, browser):
    _invitation, path = opened()
    page = browser.get(path).submit("Yanıtı gönder", 422, **{"attendee_names-0": "Nermin Su"})
    assert "Bir yanıt seçin." in page.text
    assert page.soup.select_one("input[name=attendee_names-0]")["value"] == "Nermin Su"


@pytest.mark.parametrize(
    "typed",
    ["10000000146", "a" * 121, "Nermin 10000000146"],
)
def test_a_name_that_cannot_be_kept_comes_back_with_a_reason(app, browser, typed):
    invitation, path = opened()
    page = browser.get(path).submit(
        "Yanıtı gönder", 422, answer="yes", **{"attendee_names-0": typed}
    )
    assert page.soup.select(".p-error")
    db.session.refresh(invitation)
    assert invitation.answer is RsvpAnswer.NONE


@pytest.mark.parametrize(
    "values",
    [
        {"people": "99"},
        {"people": "x"},
        {"answer": "none"},
        {"answer": "often"},
        {"access_needs": ["beer"]},
        {"note": "ş" * 10_000},
    ],
)
def test_values_that_the_form_does_not_offer_are_refused(app, browser, values):
    _invitation, path = opened()
    page = browser.get(path).submit("Yanıtı gönder", 422, **{"answer": "yes", **values})
    assert page.soup.select_one("[role=alert]")


@pytest.mark.parametrize("values", [{"people": "x"}, {"people": "9"}, {"access_needs": ["beer"]}])
def test_what_is_not_on_a_list_is_said_once(app, browser, values):
    _invitation, path = opened()
    page = browser.get(path).submit("Yanıtı gönder", 422, **{"answer": "yes", **values})
    (said,) = page.soup.select("[role=alert] li")
    assert said.get_text(strip=True).endswith("? Listeden birini seçin.")


def test_two_forms_open_at_once_the_second_is_told(app, browser):
    invitation, path = opened()
    first, second = browser.get(path), Browser(app).get(path)
    first.submit("Yanıtı gönder", answer="yes")
    page = second.submit("Yanıtı gönder", 409, answer="no", note="Gelemiyoruz")
    assert "Katılacağız" in page.soup.select_one(".p-stored").get_text()
    assert "Gelemiyoruz" in page.soup.select_one("textarea[name=note]").get_text()
    said = page.soup.select_one(".p-stale")
    assert "Siz yazarken bu kayıt değişti" in said.get_text()
    assert len(said.select("p")) == 1
    assert "başkası da kaydetti" not in page.text
    page.submit("Yanıtı gönder")
    db.session.refresh(invitation)
    assert invitation.answer is RsvpAnswer.NO


def test_a_second_press_of_the_same_answer_is_harmless(app, browser):
    _invitation, path = opened()
    first, second = browser.get(path), Browser(app).get(path)
    first.submit("Yanıtı gönder", answer="yes")
    assert "Katılacaksınız" in second.submit("Yanıtı gönder", answer="yes").text
    assert len(letters(LetterKind.RECEIPT)) == 1


def test_a_form_without_its_token_is_refused(app, browser):
    invitation, path = opened()
    browser.get(path)
    browser.post(path, {"answer": "yes", "version": invitation.version}, 400)
    db.session.refresh(invitation)
    assert invitation.answer is RsvpAnswer.NONE


def test_the_page_speaks_the_contacts_language(app):
    one = organization(preferred_language="en")
    path = path_of(letter_to_one(invited(one), one))
    plain = Browser(app)
    plain.client.delete_cookie("dil")
    page = plain.get(path)
    assert page.soup.html["lang"] == "en"
    assert "Will you come?" in page.text
    turkish = plain.get(f"{path}?dil=tr")
    assert turkish.soup.html["lang"] == "tr"
    after = turkish.submit("Yanıtı gönder", answer="no")
    assert after.soup.html["lang"] == "tr"
    (receipt,) = letters(LetterKind.RECEIPT)
    assert receipt.language == "en"


def letter_to_one(_meeting, one):
    return letter_to(one.contacts[0])


def test_the_trial_link_opens_an_example(app, browser):
    assert browser.get("/davet/deneme").h1 == "Örnek"


def test_the_audit_names_the_letters_recipient(app, browser):
    _invitation, path = opened()
    browser.get(path).submit("Yanıtı gönder", answer="yes")
    line = db.session.execute(
        sa.select(AuditLine).filter_by(action="invitation.answered")
    ).scalar_one()
    assert (line.actor_name, line.via) == ("Nermin Su", "link")


def test_the_page_asks_the_database_a_fixed_number_of_times(app, browser):
    _invitation, path = opened()
    browser.get(path)
    with counted_statements() as statements:
        browser.get(path)
    assert len([one for one in statements if one.startswith("SELECT")]) <= 6, statements


def test_staff_who_open_a_link_see_it_in_the_letters_language(app):
    one = organization(preferred_language="en")
    path = path_of(letter_to_one(invited(one), one))
    somebody = Browser(app)
    somebody.client.delete_cookie("dil")
    somebody.sign_in(UserFactory())
    assert somebody.get(path).soup.html["lang"] == "en"
