"""Whoever was forwarded a letter's link sees the meeting, masked names, and nothing more."""

from datetime import timedelta

import sqlalchemy as sa

from coordinator import clock
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.invitations.letter_form import with_stored
from coordinator.invitations.models import Invitation, LetterKind, RsvpAnswer
from coordinator.outbox import operations as outbox
from coordinator.outbox import queries as held_addresses
from coordinator.reachability import masked_name
from tests.browser import Browser, Page
from tests.factories import represent
from tests.invitations.parts import (
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
    path_of,
)


def answered(browser: Browser, **meeting: object) -> tuple[Invitation, str, Page]:
    """Return an invitation with names, services and notes, and the page after the answer."""
    one = organization(full_name="Nermin Su")
    invitation = invitation_of(invited(one, max_per_org=3, **meeting), one)
    path = path_of(letter_to(one.contacts[0]))
    page = browser.get(path).submit(
        "Yanıtı gönder", answer="yes", people="2", note="Vejetaryen yemek",
        access_needs=["childcare", "sign_language"], needs_note="4, 6 ve 9 yaşında",
        **{"attendee_names-0": "Hale Ay Su", "attendee_names-1": "Su Er",
           "need_numbers-childcare": "3"},
    )  # fmt: skip
    return invitation, path, page


def stored(invitation: Invitation) -> tuple[object, ...]:
    db.session.refresh(invitation)
    one = invitation
    return one.attendee_names, one.access_needs, one.need_numbers, one.needs_note, one.note


def hides(page: Page) -> None:
    shown = str(page.soup.main)
    assert not [word for word in ("Hale", "Su Er", "4, 6", "Vejetaryen") if word in shown]
    needs = page.soup.select("input[name=access_needs][checked]")
    assert not needs


def test_the_link_shows_masked_names_and_no_needs_or_note(app, browser):
    invitation, path, after = answered(browser)
    for page in (after, Browser(app).get(path)):
        hides(page)
        for said in ("Katılacaksınız", "H••• A••• S••• ve S••• E•••", "2 kolaylık", "kaydedildi"):
            assert said in page.text, said
        assert "Yanıtın tamamı size gönderdiğimiz mektupta." in page.text
    for more in ("?degistir=1", "?yanit=hayir", "/adlar"):
        page = Browser(app).get(path + more)
        hides(page)
        assert "Şimdi kayıtlı: H••• A••• S•••" in page.text
    invitation.meeting.rsvp_deadline = clock.today() - timedelta(days=1)
    hides(Browser(app).get(path))
    (receipt,) = letters(LetterKind.RECEIPT)
    assert "Hale Ay Su ve Su Er" in receipt.text
    own = Browser(app).sign_in(represent(invitation.organization))
    page = own.get(f"/davetler/{invitation.public_id}")
    assert "Hale Ay Su ve Su Er" in page.text
    assert "4, 6 ve 9 yaşında" in page.text


def test_an_empty_field_keeps_what_is_stored_and_a_tick_clears_it(app, browser):
    invitation, path, _after = answered(browser)
    before = stored(invitation)
    form = f"{path}?degistir=1"
    page = browser.get(form).submit("Yanıtı gönder", answer="deputy")
    assert "Temsilci göndereceksiniz" in page.text
    assert stored(invitation) == before
    browser.get(form).submit("Yanıtı gönder", **{"attendee_names-1": "Ada Kum"})
    assert invitation.attendee_names == ["Hale Ay Su", "Ada Kum"]
    browser.get(form).submit("Yanıtı gönder", access_needs=["captions"], note="Yeni")
    assert stored(invitation)[1:] == (["captions"], {}, "4, 6 ve 9 yaşında", "Yeni")
    browser.get(form).submit("Yanıtı gönder", people="1")
    assert (invitation.people, invitation.attendee_names) == (1, ["Hale Ay Su"])
    browser.get(form).submit("Yanıtı gönder", clear_names="y", clear_needs="y", clear_note="y")
    assert stored(invitation) == ([], [], {}, "", "")
    page = browser.get(form)
    assert not page.soup.select("[name^=clear_]"), "nothing is stored that could be cleared"
    names = browser.get(f"{path}/adlar").submit("Adları kaydet", **{"attendee_names-0": "Ece"})
    assert "E•••" in names.text
    browser.get(f"{path}/adlar").submit("Adları kaydet", clear_names="y")
    assert stored(invitation)[0] == []


def test_names_that_stay_take_no_place_of_those_that_are_typed():
    assert with_stored(["", ""], ["A", "B"], 2) == ["A", "B"]
    assert with_stored(["", "C"], ["A", "B"], 1) == ["C"]
    assert with_stored(["B", ""], ["A", "B"], 2) == ["B"]
    assert with_stored(["C", "D"], [], 1) == ["C", "D"]
    assert masked_name("  ışıl Çam ") == "ı••• Ç•••"


def test_the_second_of_two_forms_hears_of_the_first_and_sees_it_masked(app, browser):
    invitation, path, _after = answered(browser)
    opened, names = browser.get(f"{path}?degistir=1"), browser.get(f"{path}/adlar")
    Browser(app).get(f"{path}?degistir=1").submit(
        "Yanıtı gönder", people="3", note="Gizli söz", **{"attendee_names-2": "Ada Kum"}
    )
    page = opened.submit("Yanıtı gönder", 409, answer="no", **{"attendee_names-0": "Yeni Ad"})
    hides(page)
    assert "Siz yazarken bu kayıt değişti" in page.text
    assert "Şimdi kayıtlı: A••• K•••" in page.text
    assert "Gizli söz" not in page.text
    assert page.soup.select_one("[name=attendee_names-0]")["value"] == "Yeni Ad"
    page = names.submit("Adları kaydet", 409, **{"attendee_names-0": "Yeni Ad"})
    hides(page)
    assert "Ada" not in page.soup.main.text
    page.submit("Adları kaydet")
    db.session.refresh(invitation)
    assert invitation.attendee_names == ["Yeni Ad", "Su Er", "Ada Kum"]


def test_an_old_letters_button_does_not_hide_the_standing_answer(app, browser):
    invitation, path, _after = answered(browser)
    page = browser.get(f"{path}?yanit=hayir")
    assert "Şu anki yanıtınız: Katılacaksınız, H••• A••• S••• ve S••• E•••." in page.text
    assert page.soup.select_one("input[name=answer][checked]")["value"] == "no"
    invitation.answer = RsvpAnswer.WAITING
    invitation.waiting_for, invitation.waiting_no = RsvpAnswer.YES, 1
    page = browser.get(f"{path}?yanit=hayir")
    assert "Bekleme listesindesiniz, ilk sıradasınız" in page.text
    other = organization("Foça Sardunya")
    invited(other)
    assert "Şu anki yanıtınız" not in browser.get(path_of(letter_to(other.contacts[0]))).text


def test_who_is_not_reached_is_told_so_and_can_say_that_the_address_works(app, browser):
    invitation, path, _after = answered(browser)
    address = invitation.organization.contacts[0].email
    outbox.hold(address, reason="550 no such mailbox")
    invitation.answer = RsvpAnswer.WAITING
    invitation.waiting_for, invitation.waiting_no = RsvpAnswer.YES, 1
    page = browser.get(path)
    assert "Adresinize gönderdiğimiz mektuplar bize geri dönüyor." in page.text
    assert page.soup.select_one(".p-notice-warning a")["href"].startswith("tel:")
    assert "yola çıktı" not in page.text
    assert "size yazarız" not in page.text
    assert browser.send("GET", f"{path}/adresim-calisiyor").status_code == 405
    page = page.submit("Adresim çalışıyor")
    assert "Mektuplar yeniden adresinize gidecek." in page.text
    assert "geri dönüyor" not in page.text
    assert "yola çıktı" not in page.text, "that letter was ended by the hold"
    assert not held_addresses.held([address])
    line = db.session.scalars(sa.select(AuditLine).filter_by(action="address.released")).one()
    assert (line.actor_name, line.via) == ("Nermin Su", "link")
