"""Names that follow, invitations that are handed over, and the further questions of an answer."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import COMMAND, Actor
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.invitations import operations, queries
from coordinator.invitations.models import (
    AnsweredVia,
    AttendMode,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.operations import Reply, Source
from coordinator.invitations.operations.naming import NobodyComes, TooManyNames
from coordinator.meetings.models import MeetingStatus, Mode
from coordinator.outbox.models import OptOut
from coordinator.registry.models import OrgStatus
from tests.browser import Browser, Page
from tests.factories import represent
from tests.invitations.parts import (
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
    path_of,
)


def opened(**meeting: object) -> tuple[Invitation, str]:
    one = organization(full_name="Nermin Su")
    made = invited(one, **meeting)
    return invitation_of(made, one), path_of(letter_to(one.contacts[0]))


def follow(page: Page, text: str) -> Page:
    return page.browser.get(page.link(text))


def value(page: Page, name: str) -> str:
    return str(page.soup.select_one(f"[name='{name}']").get("value"))


def test_names_come_later_and_even_after_the_last_day(app, browser):
    invitation, path = opened(max_per_org=3)
    page = browser.get(path).submit(
        "Yanıtı gönder", answer="yes", people="2", names_later=True,
        access_needs=["childcare", "sign_language"], **{"need_numbers-childcare": "3"},
    )  # fmt: skip
    assert "2 kişi; adlar sonra bildirilecek" in page.text
    assert "2 kişinin adı eksik." in page.text
    db.session.refresh(invitation)
    assert (invitation.names_later, invitation.need_numbers) == (True, {"childcare": 3})
    (receipt,) = letters(LetterKind.RECEIPT)
    assert "adlar sonra bildirilecek" in receipt.text
    assert "çocuk bakım ve oyun alanı (3)" in receipt.text

    invitation.meeting.rsvp_deadline = clock.today() - timedelta(days=1)
    db.session.commit()
    names = follow(browser.get(path), "Adları yaz")
    page = names.submit("Adları kaydet", **{"attendee_names-0": "Hale Ay"})
    assert "H••• A••• ve 1 kişi daha; adlar sonra bildirilecek" in page.text
    page = follow(page, "Adları yaz").submit("Adları kaydet", **{"attendee_names-1": "Su Er"})
    assert "H••• A••• ve S••• E•••" in page.text
    assert "Adları yaz" not in page.text
    db.session.refresh(invitation)
    assert (invitation.attendee_names, invitation.names_later) == (["Hale Ay", "Su Er"], False)
    assert len(letters(LetterKind.RECEIPT)) == 3
    assert len(queries.given_answers(invitation.id)) == 1

    invitation.meeting.starts_at = clock.now() - timedelta(minutes=1)
    db.session.commit()
    late = names.submit("Adları kaydet", 409, **{"attendee_names-0": "Geç Kalan"})
    assert "Toplantı başladı." in late.text
    assert value(late, "attendee_names-0") == "Geç Kalan"


def test_no_more_names_than_people_and_none_for_who_does_not_come(app):
    invitation, _path = opened()
    link = Source(AnsweredVia.LINK)

    def name(*names: str) -> bool:
        return operations.give_names(
            invitation=invitation, names=names, source=link,
            opened_version=invitation.version, actor=Actor.link("N"),
        )  # fmt: skip

    with pytest.raises(NobodyComes):
        name("Hale Ay")
    operations.answer_invitation(
        invitation=invitation, reply=Reply(RsvpAnswer.YES, 1), source=link,
        opened_version=invitation.version, actor=Actor.link("N"),
    )  # fmt: skip
    with pytest.raises(TooManyNames):
        name("Hale Ay", "Su Er")
    assert name(" Hale  Ay ", "")
    assert not name("Hale Ay")
    assert invitation.attendee_names == ["Hale Ay"]


def test_each_number_that_is_none_is_refused_beside_its_field(app, browser):
    _invitation, path = opened()
    page = browser.get(path).submit(
        "Yanıtı gönder", 422, answer="yes", access_needs=["childcare", "companion", "diet"],
        **{"need_numbers-childcare": "üç", "need_numbers-companion": "51",
           "need_numbers-diet": "2", "need_numbers-transport": "x",
           "attendee_names-0": "Hale Ay"},
    )  # fmt: skip
    told = {one["href"]: one.get_text() for one in page.soup.select(".p-errors a")}
    assert told == {
        "#need_numbers-childcare": "Çocuk bakım ve oyun alanı: 1 ile 50 arasında bir sayı yazın.",
        "#need_numbers-companion": "Refakatçi: 1 ile 50 arasında bir sayı yazın.",
    }
    wrong = page.soup.select("input[aria-invalid=true]")
    assert [f"#{one['id']}" for one in wrong] == list(told)
    for one in wrong:
        assert "1 ile 50" in page.soup.find(id=one["aria-describedby"]).get_text()
    assert value(page, "need_numbers-childcare") == "üç"
    assert value(page, "attendee_names-0") == "Hale Ay"


def test_names_that_are_too_many_or_too_long_are_told_at_their_fields(app, browser):
    _invitation, path = opened(max_per_org=2)
    names = {"attendee_names-0": "Hale Ay", "attendee_names-1": "u" * 165}
    page = browser.get(path).submit("Yanıtı gönder", 422, answer="yes", people="2", **names)
    (told,) = page.soup.select(".p-errors a")
    assert told["href"] == "#attendee_names-1"
    assert "2. kişi" in told.get_text()
    assert "şimdi 165 karakter." in told.get_text()
    extra = {"attendee_names-1": "Su Er", "attendee_names-2": "Ada Su"}
    values = page.filled(page.form("Yanıtı gönder")) | extra
    page = browser.post(path, values, 422)
    (told,) = page.soup.select(".p-errors a")
    assert told["href"] == "#attendee_names-0"
    assert page.text.count("En çok 2 ad yazın.") == 2


def test_a_hybrid_meeting_asks_where_and_the_page_tells_the_place_in_the_queue(app, browser):
    invitation, path = opened(mode=Mode.HYBRID, capacity=1, online_url="https://o.example")
    other = organization("Foça Sardunya")
    operations.invite(meeting=invitation.meeting, organizations=[other], actor=Actor.link("N"))
    db.session.commit()
    second = path_of(letter_to(other.contacts[0]))
    assert "Yüz yüze" in Browser(app).get(second).submit("Yanıtı gönder", answer="yes").text
    waits = browser.get(path).submit("Yanıtı gönder", answer="deputy")
    assert "Bekleme listesindesiniz" in waits.text
    assert "ilk sıradasınız" in waits.text
    again = follow(waits, "Yanıtı değiştir")
    assert again.soup.select_one("input[name=answer][checked]")["value"] == "deputy"
    online = again.submit("Yanıtı gönder", attend_mode="online")
    assert "Temsilci göndereceksiniz" in online.text
    db.session.refresh(invitation)
    assert (invitation.attend_mode, invitation.answer) == (AttendMode.ONLINE, RsvpAnswer.DEPUTY)
    assert "Bekleme listesindesiniz" in letters(LetterKind.RECEIPT)[1].text


def test_an_invitation_is_handed_over_and_the_giver_hears_the_answer(app, browser):
    invitation, path = opened()
    page = follow(browser.get(path), "Bir arkadaşınıza veya vekilinize devredin")
    page = page.submit("Daveti ona gönder", name="Hale Ay", address="HALE@k.example")
    assert "Mektup yola çıktı." in page.text
    assert "hale@k.example" not in page.text, "who holds the link need not be who handed it over"
    (letter,) = letters(LetterKind.HANDOVER)
    assert (letter.to_address, letter.calendar_method) == ("hale@k.example", "REQUEST")
    assert "Nermin Su" in letter.text
    assert db.session.scalar(sa.select(AuditLine).filter_by(action="invitation.handed_over"))

    theirs = Browser(app)
    theirs.get(path_of(letter)).submit("Yanıtı gönder", answer="yes")
    db.session.refresh(invitation)
    assert (invitation.answer, invitation.answered_by) == (RsvpAnswer.YES, "Hale Ay")
    first, told = letters(LetterKind.RECEIPT)
    assert (first.to_address, told.to_address) == (
        "hale@k.example", invitation.organization.contacts[0].email,
    )  # fmt: skip
    assert "Devrettiğiniz daveti Hale Ay yanıtladı." in told.text
    assert path_of(told) == path, "the giver reads it behind their own link"

    deliver()
    invitation.meeting.place, invitation.meeting.calendar_sequence = "Başka salon", 1
    operations.tell_changed(meeting=invitation.meeting)
    db.session.commit()
    moved = [one for one in letters(LetterKind.CHANGE) if one.to_address == "hale@k.example"]
    assert "Başka salon" in theirs.get(path_of(moved[0])).text
    follow(theirs.get(path_of(moved[0])), "Yanıtı değiştir").submit("Yanıtı gönder", answer="no")
    assert [one.to_address for one in letters(LetterKind.RECEIPT)][2:] == [
        "hale@k.example", invitation.organization.contacts[0].email,
    ]  # fmt: skip
    invitation.organization.status = OrgStatus.CLOSED
    db.session.commit()
    theirs.get(path_of(letter), 410)


def test_whom_it_was_handed_over_to_is_reminded_by_hand_as_well(app, browser):
    invitation, path = opened()
    for name in ("hale", "ada"):
        browser.get(f"{path}/devret").submit(
            "Daveti ona gönder", name=name, address=f"{name}@k.example"
        )
    db.session.add(OptOut(address="ada@k.example", since=clock.now(), via="page"))
    deliver()
    for expected in (2, 0):
        sent = operations.remind(
            meeting=invitation.meeting, invitations=[invitation], actor=COMMAND, anyway=True
        )
        assert sent.letters == expected
    to = {one.to_address for one in letters(LetterKind.REMINDER)}
    assert to == {invitation.organization.contacts[0].email, "hale@k.example"}


def test_a_handover_stays_one_when_its_letter_is_written_anew(app, browser):
    invitation, path = opened()
    page = browser.get(f"{path}/devret")
    page.submit("Daveti ona gönder", name="Hale Ay", address="hale@k.example")
    number = next(iter(letters(LetterKind.HANDOVER)[0].links.values()))
    operations.renew(invitation=invitation, number=number, actor=Actor.link("N"))
    deliver()
    anew = letters(LetterKind.INVITATION)[-1]
    assert anew.to_address == "hale@k.example"
    held = {one.recipient.address: one for one in queries.holders([invitation.id])[invitation.id]}
    assert held.keys() == {invitation.organization.contacts[0].email, "hale@k.example"}
    assert held["hale@k.example"].handover_id is not None
    (given,) = queries.handovers(invitation.id)
    assert given.letter_id == anew.id
    db.session.refresh(invitation)
    assert invitation.letters_due == 1, "those it was handed to are not counted"


def test_three_times_is_enough_and_oneself_is_nobody_else(app, browser):
    invitation, path = opened()
    own = invitation.organization.contacts[0].email

    def give(address: str, status: int = 200):
        return browser.get(f"{path}/devret").submit(
            "Daveti ona gönder", status, name="Hale Ay", address=address
        )

    assert "Bu sizin adresiniz." in give(own, 409).text
    for name in ("a", "b"):
        give(f"{name}@k.example")
    again = give("A@k.example", 409)
    assert "Bu adrese zaten devrettiniz." in again.soup.select_one("#address-error").text
    assert "Mektup yola çıktı." not in again.text
    assert value(again, "name") == "Hale Ay"
    assert len(letters(LetterKind.HANDOVER)) == 2
    form = browser.get(f"{path}/devret")
    give("c@k.example")
    assert len(letters(LetterKind.HANDOVER)) == 3
    refused = form.submit("Daveti ona gönder", 409, name="Hale Ay", address="d@k.example")
    assert "üç kez devredildi" in refused.text
    invitation.meeting.status = MeetingStatus.POSTPONED
    db.session.commit()
    form.submit("Daveti ona gönder", 409, name="Hale Ay", address="e@k.example")
    handed = sa.select(sa.func.count()).where(InvitationLetter.kind == LetterKind.HANDOVER)
    assert db.session.scalar(handed) == 3


def test_an_account_gives_names_and_hands_over_as_well(app):
    one = organization(full_name="Nermin Su")
    invitation = invitation_of(invited(one), one)
    browser = Browser(app)
    browser.sign_in(represent(one))
    page = browser.get(f"/davetler/{invitation.public_id}")
    page = page.submit("Yanıtı gönder", answer="yes", names_later=True)
    page = follow(page, "Adları yaz").submit("Adları kaydet", **{"attendee_names-0": "Su Er"})
    assert "Su Er" in page.text
    page = follow(page, "Bir arkadaşınıza veya vekilinize devredin")
    page = page.submit("Daveti ona gönder", name="Hale Ay", address="hale@k.example")
    assert "Mektup yola çıktı." in page.text
    (letter,) = letters(LetterKind.HANDOVER)
    assert Browser(app).get(path_of(letter)).text
