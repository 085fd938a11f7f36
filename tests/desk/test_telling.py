"""Who does not know that a meeting moved or is off: called, noted, and the note taken back."""

import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.history.models import Encounter
from coordinator.invitations import operations
from coordinator.invitations.models import LetterKind, RsvpAnswer
from coordinator.meetings import operations as meetings
from coordinator.outbox.models import HeldAddress, LetterState
from tests.desk.parts import answer, cards, desk, move, without_address
from tests.invitations.parts import deliver, invitation_of, invited, letter_to, organization


def test_who_does_not_know_that_the_meeting_moved_or_is_off_is_called(app, staff):
    names = ("Gelen", "Mektubu Dönen", "Soran", "Gelmeyen")
    comes, returned, asks, declines = (organization(name) for name in names)
    phoned = without_address("Telefonla")
    later = organization("Sonra Çağrılan")
    meeting = invited(comes, returned, asks, declines, phoned)
    deliver()
    for one in (comes, returned, phoned):
        answer(meeting, one, RsvpAnswer.YES)
    answer(meeting, declines, RsvpAnswer.NO)
    move(meeting)
    operations.invite(meeting=meeting, organizations=[later], actor=COMMAND)
    letter_to(returned.contacts[0], LetterKind.CHANGE).state = LetterState.BOUNCED
    page = staff.get(desk(meeting, "?neden=moved"))
    assert list(cards(page)) == ["Mektubu Dönen", "Telefonla"]
    assert "Değişikliği bilmiyor (2)" in page.text
    assert "Sessizler (4)" in page.text, "with the two that have not answered"
    assert "Yanıtları: Katılacak" in cards(page)["Telefonla"]
    page = page.submit("Kendileri arayacak", sonuc="call_back")
    assert len(cards(page)) == 2
    page = page.submit("Haber verildi", sonuc="told")
    assert list(cards(page)) == ["Telefonla"]
    page = page.submit("Haber verildi", sonuc="told")
    assert "Değişikliği bilmiyor (" not in page.text
    move(meeting)
    assert "Değişikliği bilmiyor (1)" in staff.get(desk(meeting)).text, "another change, new calls"
    meetings.cancel_meeting(meeting, reason="Salon kapandı.", actor=COMMAND)
    page = staff.get(desk(meeting))
    assert list(cards(page)) == ["Telefonla"]
    assert "İptali bilmiyor" in page.text
    assert "Sessizler (1)" in page.text
    assert "Artık kimsenin yanıt vermesi gerekmiyor." in page.text
    assert not page.soup.select("article details")
    place = f"{desk(meeting)}/{invitation_of(meeting, asks).public_id}/yanit"
    token = page.soup.select_one("[name=csrf_token]")["value"]
    staff.post(place, {"csrf_token": token, "answer": "yes"})
    assert invitation_of(meeting, asks).answer is RsvpAnswer.NONE
    page = page.submit("Haber verildi", sonuc="told")
    assert "Haber verilecek kimse kalmadı" in page.text


def test_that_somebody_was_told_can_be_taken_back(app, staff, viewer):
    one = without_address("Telefonla Ayşe")
    meeting = invited(one)
    answer(meeting, one, RsvpAnswer.YES)
    move(meeting)
    page = staff.get(desk(meeting)).submit("Haber verildi", sonuc="told")
    assert not cards(page)
    assert "1 kuruluşa telefonla haber verildi" in page.text
    assert "Haber verilmedi" not in viewer.get(desk(meeting)).text
    wrong = page
    page = page.submit("Haber verilmedi")
    assert "yeniden haber verilmesi gerekiyor" in page.text
    assert "Haber verildi:" not in cards(page)["Telefonla Ayşe"], "that call was no try"
    assert "Değişikliği bilmiyor (1)" in page.text
    assert "daha önce geri alınmış" in wrong.submit("Haber verilmedi").text
    kept = db.session.scalars(sa.select(Encounter.text).order_by(Encounter.id)).all()
    assert kept == [
        f"Haber verildi: {meeting.title}",
        f"Haber verilmedi; kayıt geri alındı: {meeting.title}",
    ]
    lines = db.session.scalars(
        sa.select(AuditLine.action).where(AuditLine.action.startswith("invitation.told"))
    ).all()
    assert lines == ["invitation.told", "invitation.told_taken_back"]
    page = page.submit("Haber verildi", sonuc="told")
    assert not cards(page), "told again, and this time it is so"


def test_a_change_sent_to_an_address_that_is_dead_is_not_known(app, staff):
    one, other = organization("Birinci"), organization("İkinci")
    other.contacts[0].email = one.contacts[0].email
    meeting = invited(one, other)
    deliver()
    for asked in (one, other):
        answer(meeting, asked, RsvpAnswer.YES)
    move(meeting)
    deliver()
    assert not cards(staff.get(desk(meeting)))
    address = one.contacts[0].email.lower()
    db.session.add(HeldAddress(address=address, reason="550", held_at=clock.now()))
    assert list(cards(staff.get(desk(meeting, "?neden=moved")))) == ["Birinci", "İkinci"]
