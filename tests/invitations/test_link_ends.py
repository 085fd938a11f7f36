"""Links that open nothing, or no longer: made up, over, taken back, of a meeting that is off."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from coordinator import links
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import operations, queries
from coordinator.invitations.models import RsvpAnswer
from coordinator.invitations.operations.receipts import Receipt
from coordinator.links import PersonalLink
from coordinator.meetings.models import MeetingStatus
from coordinator.registry.models import OrgStatus
from coordinator.registry.queries import Recipient
from tests.browser import Browser
from tests.invitations.test_link_page import opened


@pytest.mark.parametrize("token", ["x", "A" * 43, "ç" * 43, "a" * 500])
def test_wrong_tokens_all_look_alike(app, browser, token):
    page = browser.get(f"/davet/{token}", 404)
    assert "Bu bağlantı açılmıyor" in page.text
    assert browser.send("POST", f"/davet/{token}").status_code in {400, 404}


def test_one_wrong_letter_opens_nothing(app, browser):
    _invitation, path = opened()
    other = "A" if path[-1] != "A" else "B"
    browser.get(path[:-1] + other, 404)


def test_links_end_when_they_expire_or_are_taken_back(app, browser):
    invitation, path = opened()
    link = db.session.scalar(sa.select(PersonalLink).filter_by(subject_id=invitation.id))
    expires = link.expires_at
    with time_machine.travel(expires - timedelta(seconds=1), tick=False):
        browser.get(path)
    with time_machine.travel(expires + timedelta(seconds=1), tick=False):
        page = browser.get(path, 410)
    assert "Körfez" not in page.text
    links.revoke("invitation", invitation.id)
    browser.get(path, 410)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("closed", {"tr": "Bu bağlantı kapatıldı", "en": "This link was closed"}),
        ("removed", {"tr": "Bu bağlantı kapatıldı", "en": "This link was closed"}),
        ("handed", {"tr": "Bu davet devredildi", "en": "This invitation was handed over"}),
        (
            "renewed",
            {
                "tr": "Bu bağlantının yerine yenisi gönderildi",
                "en": "A newer link took the place of this one",
            },
        ),
    ],
)
def test_an_ended_link_says_what_became_of_it_and_leads_to_the_branch(app, change, said):
    invitation, path = opened()
    link = db.session.scalars(sa.select(PersonalLink).filter_by(subject_id=invitation.id)).one()
    if change == "handed":
        giver = Receipt(queries.by_link(link).recipient, link)
        to = Recipient("Hale Ay", "hale@kurulus.example", "tr", None)
        operations.hand_over(invitation=invitation, to=to, giver=giver, actor=COMMAND)
    if change == "renewed":
        operations.renew(invitation=invitation, number=link.id, actor=COMMAND)
    elif change == "removed":
        operations.remove(invitation=invitation, tell=False, actor=COMMAND)
    else:
        operations.end_link(invitation=invitation, number=link.id, actor=COMMAND)
    db.session.commit()
    for language, words in said.items():
        page = Browser(app, language).get(f"{path}?dil={language}", 410)
        assert page.h1 == words
        assert ("h•••@kurulus.example" in page.text) == (change == "handed")
        assert not [word for word in ("Hale", "Nermin", "Körfez") if word in page.text]
        assert not page.soup.select("main form, main a[href='/']")
        tel, mail = page.soup.select("main a.btn")
        assert tel["href"].startswith("tel:")
        assert mail["href"].startswith("mailto:")


@pytest.mark.parametrize("change", ["address", "ended", "removed", "closed"])
def test_links_end_with_what_they_were_sent_to(app, browser, change):
    invitation, path = opened()
    contact = invitation.organization.contacts[0]
    if change == "address":
        contact.email = "baska@kurulus.example"
    elif change == "ended":
        contact.active_until = invitation.created_at.date() - timedelta(days=1)
    elif change == "removed":
        db.session.delete(contact)
    else:
        invitation.organization.status = OrgStatus.CLOSED
    browser.get(path, 410)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (MeetingStatus.POSTPONED, "Bu toplantı ertelendi."),
        (MeetingStatus.HELD, "Bu toplantı sona erdi."),
    ],
)
def test_a_meeting_that_is_off_says_so_and_takes_no_answer(app, browser, status, said):
    invitation, path = opened()
    form = browser.get(path)
    invitation.meeting.status = status
    page = browser.get(path)
    assert said in page.text
    assert "0232 000 00 00" in page.text
    assert not page.soup.select("input[name=answer]")
    assert said in form.submit("Yanıtı gönder", 409, answer="yes").text
    db.session.refresh(invitation)
    assert invitation.answer is RsvpAnswer.NONE


def test_the_links_of_a_cancelled_meeting_are_closed_and_say_why(app, browser):
    invitation, path = opened()
    form = browser.get(path)
    invitation.meeting.status = MeetingStatus.CANCELLED
    for rest in ("", "/adlar", "/devret", "/takvim.ics"):
        page = browser.get(path + rest, 410)
        assert "Bu toplantı iptal edildi." in page.text
        assert invitation.organization.name not in page.text
        assert "Nermin" not in page.text
    form.submit("Yanıtı gönder", 410, answer="yes")
    db.session.refresh(invitation)
    assert invitation.answer is RsvpAnswer.NONE


def test_after_the_last_day_the_page_shows_what_was_answered(app, browser):
    invitation, path = opened()
    browser.get(path).submit("Yanıtı gönder", answer="yes")
    invitation.meeting.rsvp_deadline = invitation.created_at.date() - timedelta(days=1)
    page = browser.get(path)
    assert "Son yanıt günü geçti." in page.text
    assert "Katılacaksınız" in page.text
    assert "Yanıtı değiştir" not in page.text
