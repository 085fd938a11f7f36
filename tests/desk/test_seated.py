"""Who got a place on the waiting list and cannot be written to: named at once, called, noted."""

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.models import LetterKind, RsvpAnswer
from coordinator.outbox.models import LetterState
from tests.desk.parts import answer, cards, desk, without_address
from tests.invitations.parts import deliver, invitation_of, invited, letter_to, organization, place

YES, NO = RsvpAnswer.YES, RsvpAnswer.NO


def test_who_got_a_place_and_has_no_address_is_called(app, staff):
    first, second = organization("Ada"), organization("Bahar")
    phoned, last = without_address("Telefonla"), organization("Son")
    meeting = invited(first, second, phoned, last, capacity=1)
    deliver()
    for one in (first, second, phoned, last):
        answer(meeting, one, YES)
    db.session.commit()
    assert "mektup gönderilemeyenler" in staff.get(place(meeting)).text
    answer(meeting, first, NO)
    db.session.commit()
    assert "Yer açıldı" not in staff.get(desk(meeting)).text, "a letter goes to the second"
    letter_to(second.contacts[0], LetterKind.MOVED_UP).state = LetterState.BOUNCED
    db.session.commit()
    page = staff.get(desk(meeting))
    assert list(cards(page)) == ["Bahar"]

    path = place(meeting, f"/{invitation_of(meeting, second).public_id}/yanit")
    page = staff.get(path).submit("Yanıtı kaydet", answer="no")
    assert (
        "Yer açılan 1 kuruluşa mektup gönderilemiyor. Telefonla bildirin: Telefonla." in page.text
    )
    page = staff.get(desk(meeting))
    assert list(cards(page)) == ["Telefonla"]
    assert "Yer açıldı, haberi yok (1)" in page.text
    assert "Sessizler (1)" in page.text
    assert "0232 444 00 44" in cards(page)["Telefonla"]
    page = page.submit("Haber verildi", sonuc="told")
    assert not cards(page)
    page = page.submit("Haber verilmedi")
    assert list(cards(page)) == ["Telefonla"]
    answer(meeting, phoned, NO)
    db.session.commit()
    assert not cards(staff.get(desk(meeting)))


def test_who_moves_up_by_an_answer_of_their_own_knows_it(app, staff):
    first, second = organization("Ada"), without_address("Telefonla")
    meeting = invited(first, second, capacity=2)
    for one, people in ((first, 1), (second, 2)):
        answer(meeting, one, YES, people)
    db.session.commit()
    assert invitation_of(meeting, second).waiting_no == 1
    answer(meeting, second, YES)
    assert invitation_of(meeting, second).answer is YES
    deliver()
    assert "Yer açıldı" not in staff.get(desk(meeting)).text
    third = without_address("Üçüncü")
    operations.invite(meeting=meeting, organizations=[third], actor=COMMAND)
    answer(meeting, third, YES)
    operations.seat(invitation=invitation_of(meeting, third), actor=COMMAND)
    db.session.commit()
    assert list(cards(staff.get(desk(meeting, "?neden=seated")))) == ["Üçüncü"]


def test_staff_read_that_an_answer_is_on_the_waiting_list_before_and_after(app, staff):
    first, second, third = organization("Ada"), organization("Bahar"), organization("Ceren")
    meeting = invited(first, second, third, capacity=1)
    assert "bütün yerler dolu" not in staff.get(desk(meeting)).text
    answer(meeting, first, YES)
    db.session.commit()
    page = staff.get(desk(meeting))
    assert "Şu anda bütün yerler dolu. Geleceğini bildiren kuruluşlar" in cards(page)["Bahar"]
    field = f"{invitation_of(meeting, second).public_id}-answer"
    page = page.submit("Yanıtı kaydet", **{field: "yes"})
    assert "Bahar: yanıt kaydedildi. Kuruluş bekleme listesinde, 1. sırada." in page.text
    page = staff.get(place(meeting, f"/{invitation_of(meeting, third).public_id}/yanit"))
    assert "Şu anda bütün yerler dolu." in page.text
    page = page.submit("Yanıtı kaydet", answer="yes")
    assert "bekleme listesinde, 2. sırada" in page.text
