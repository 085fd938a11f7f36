"""Whoever opens an expired link can ask for a new one, and learns nothing by asking."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coordinator import clock, links
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.invitations.models import (
    Addressee,
    AnsweredVia,
    Invitation,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.operations import hand_over, prepare_paper
from coordinator.invitations.operations.receipts import Receipt
from coordinator.links import PersonalLink
from coordinator.meetings.models import MeetingStatus
from coordinator.outbox import operations as outbox
from coordinator.registry.models import Channel
from coordinator.registry.queries import Recipient
from tests.browser import Browser, Page
from tests.invitations.parts import (
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
    path_of,
)

ASK = "Yeni bağlantı iste"
SAME = "Davet hâlâ geçerliyse, yeni bağlantısı olan bir mektup"


def expired(**contact: object) -> tuple[Invitation, str]:
    """Return an invitation whose meeting is ahead, and the path of its link, which has expired."""
    one = organization("Körfez Rüzgârı", full_name="Nermin Su", email="n@kurum.example", **contact)
    invitation = invitation_of(invited(one, title="Birlikte hazırlıyoruz"), one)
    deliver()
    letter = letter_to(one.contacts[0])
    expire(letter)
    return invitation, path_of(letter)


def expire(letter: object) -> None:
    for number in letter.links.values():
        link = db.session.get_one(PersonalLink, number)
        link.expires_at = clock.now() - timedelta(seconds=1)
    db.session.commit()


def ask(browser: Browser, path: str) -> Page:
    page = browser.get(path, 410)
    assert not [word for word in ("Nermin", "Körfez", "n@kurum") if word in str(page.soup)]
    return page.submit(ASK)


def test_a_new_link_goes_to_the_address_of_the_old_one_which_stays_dead(app, browser):
    invitation, path = expired()
    page = ask(browser, path)
    assert SAME in page.text
    assert page.soup.select_one("main a")["href"].startswith("tel:")
    first, second = letters(LetterKind.INVITATION)
    assert (second.to_address, second.to_name) == ("n@kurum.example", "Nermin Su")
    assert path_of(second) != path_of(first) == path
    page = browser.get(path_of(second)).submit("Yanıtı gönder", answer="yes")
    assert "Katılacaksınız" in page.text
    assert db.session.get_one(Invitation, invitation.id).answered_via is AnsweredVia.LINK
    browser.get(path, 410)
    lines = db.session.scalars(sa.select(AuditLine).filter_by(action="invitation.link_renewed"))
    assert [(line.actor_name, line.via) for line in lines] == [("Nermin Su", "link")]


def test_a_link_asks_once_and_is_not_opened_again_by_a_meeting_that_moves(app, browser):
    invitation, path = expired()
    form = browser.get(path, 410)
    assert SAME in form.submit(ASK).text
    assert SAME in form.submit(ASK).text, "pressed again on the page as it was"
    assert len(letters(LetterKind.INVITATION)) == 2
    own = db.session.scalars(sa.select(PersonalLink).filter_by(subject_id=invitation.id))
    for link in own:
        link.expires_at = clock.now() + timedelta(days=30)
    db.session.commit()
    assert ASK not in browser.get(path, 410).text


def renewed_by_staff(invitation: Invitation) -> None:
    links.revoke("invitation", invitation.id)


def on_hold(invitation: Invitation) -> None:
    outbox.hold("n@kurum.example", reason="550 no such mailbox")


def moved_house(invitation: Invitation) -> None:
    invitation.organization.contacts[0].email = "yeni@kurum.example"


def left(invitation: Invitation) -> None:
    invitation.organization.contacts[0].active_until = clock.today() - timedelta(days=1)


def called_off(invitation: Invitation) -> None:
    invitation.meeting.status = MeetingStatus.CANCELLED


def too_late(invitation: Invitation) -> None:
    invitation.meeting.rsvp_deadline = clock.today() - timedelta(days=1)


@pytest.mark.parametrize(
    "change", [renewed_by_staff, on_hold, moved_house, left, called_off, too_late]
)
def test_the_answer_is_the_same_where_nothing_is_sent(app, browser, change):
    invitation, path = expired()
    form = browser.get(path, 410)
    change(invitation)
    db.session.commit()
    before = len(letters())
    page = form.submit(ASK)
    assert SAME in page.text
    assert len(letters()) == before
    assert not [word for word in ("Nermin", "Körfez", "kurum.example") if word in str(page.soup)]


@pytest.mark.parametrize(
    ("change", "said"),
    [(called_off, "Bu toplantı iptal edildi."), (too_late, "Son yanıt günü geçti.")],
)
def test_where_no_answer_is_taken_the_page_says_why_and_asks_nothing(app, browser, change, said):
    invitation, path = expired()
    change(invitation)
    db.session.commit()
    page = browser.get(path, 410)
    assert said in page.text
    assert not page.soup.select("main form")
    assert "0232 000 00 00" in page.text


def test_only_a_post_asks_and_a_wrong_link_is_told_nothing(app, browser):
    invitation, path = expired()
    for method in ("GET", "HEAD", "OPTIONS"):
        browser.send(method, path)
        browser.send(method, f"{path}/yeni-baglanti")
    browser.post(f"{path}/yeni-baglanti", {}, 400)
    assert len(letters()) == 1
    form = browser.get(path, 410)
    token = form.soup.select_one("[name=csrf_token]")["value"]
    wrong = path[:-1] + ("A" if path[-1] != "A" else "B")
    page = browser.post(f"{wrong}/yeni-baglanti", {"csrf_token": token}, 404)
    assert "Bu bağlantı açılmıyor" in page.text
    link = db.session.scalars(sa.select(PersonalLink).filter_by(subject_id=invitation.id)).one()
    link.expires_at = clock.now() + timedelta(days=1)
    db.session.commit()
    assert "Katılacak mısınız?" in form.submit(ASK).text, "it is open again"
    assert len(letters()) == 1


def test_a_link_on_paper_has_no_address_to_write_to(app, browser):
    one = organization("Körfez Rüzgârı", full_name="Nermin Su", email="")
    invitation = invitation_of(invited(one), one)
    row = Addressee(invitation=invitation, contact=one.contacts[0], channel=Channel.POST)
    db.session.add(row)
    db.session.flush()
    (code,) = prepare_paper(addressees=[row], actor=COMMAND).values()
    row.link.expires_at = clock.now()
    db.session.commit()
    page = browser.get(f"/d/{code}", 410)
    assert "Bizi arayın, size yenisini verelim." in page.text
    assert not page.soup.select("main form")


def test_a_deputy_asks_for_the_deputys_own_and_reads_it_in_their_language(app):
    invitation, _path = expired()
    deputy = Recipient("Hale Ay", "hale@kurum.example", "en", None)
    giver = Receipt(Recipient("Nermin Su", "n@kurum.example", "tr", None))
    hand_over(invitation=invitation, to=deputy, giver=giver, actor=COMMAND)
    (handed,) = letters(LetterKind.HANDOVER)
    deliver()
    expire(handed)
    reader = Browser(app)
    reader.client.delete_cookie("dil")
    page = reader.get(path_of(handed), 410).submit("Ask for a new link")
    assert page.soup.html["lang"] == "en"
    assert "Look at your mailbox" in page.h1
    fresh = letters()[-1]
    assert (fresh.to_address, fresh.language) == ("hale@kurum.example", "en")
    assert invitation.answer is RsvpAnswer.NONE
    reader.get(path_of(fresh))
