"""A representative's account: its organisations' invitations, and nobody else's."""

from coordinator.extensions import db
from coordinator.invitations.models import AnsweredVia, Invitation, LetterKind, RsvpAnswer
from coordinator.meetings.models import MeetingStatus
from tests.browser import Browser, counted_statements
from tests.factories import MeetingFactory, represent
from tests.invitations.parts import invitation_of, invited, letters, organization


def test_the_list_shows_what_waits_and_the_answer_goes_the_same_road(app):
    one = organization("Körfez Rüzgârı")
    meeting = invited(one, organization("Foça Sardunya"), title="Birlikte hazırlıyoruz")
    person = Browser(app).sign_in(represent(one))
    page = person.get("/davetler")
    assert "1 davet yanıtınızı bekliyor." in page.text
    assert "Foça" not in page.text
    page = person.get(page.link("Yanıtla"))
    page = page.submit("Yanıtı gönder", answer="yes", **{"attendee_names-0": "Nermin Su"})
    assert "Katılacaksınız" in page.text
    invitation = invitation_of(meeting, one)
    assert invitation.answered_via is AnsweredVia.ACCOUNT
    (receipt,) = letters(LetterKind.RECEIPT)
    assert receipt.to_address == person.user.email
    assert f"/davetler/{invitation.public_id}" in receipt.text
    calendar = person.send("GET", page.link("Takvime ekle"))
    assert calendar.mimetype == "text/calendar"
    assert "Yanıtınızı bekleyen davet yok." in person.get("/davetler").text


def test_foreign_absent_and_unsent_invitations_look_alike(app):
    own, foreign = organization("Körfez Rüzgârı"), organization("Foça Sardunya")
    meeting = invited(foreign)
    person = Browser(app).sign_in(represent(own))
    chosen = Invitation(meeting=MeetingFactory(), organization=own)
    db.session.add(chosen)
    db.session.flush()
    bodies = set()
    for public_id in (invitation_of(meeting, foreign).public_id, "abcdefghjkmn", chosen.public_id):
        for end in ("", "/takvim.ics"):
            bodies.add(person.get(f"/davetler/{public_id}{end}", 404).text)
    assert len(bodies) == 1
    assert "henüz davetiniz yok" in person.get("/davetler").text.lower()


def test_a_meeting_that_is_off_takes_no_answer(app):
    one = organization()
    meeting = invited(one)
    person = Browser(app).sign_in(represent(one))
    form = person.get(f"/davetler/{invitation_of(meeting, one).public_id}")
    meeting.status = MeetingStatus.CANCELLED
    assert "iptal edildi" in form.submit("Yanıtı gönder", 409, answer="yes").text
    assert invitation_of(meeting, one).answer is RsvpAnswer.NONE


def test_staff_have_no_such_list(app, staff):
    staff.get("/davetler", 403)


def test_the_list_asks_as_often_for_many_as_for_few(app):
    one = organization()
    person = Browser(app).sign_in(represent(one))
    counts = []
    for _round in range(2):
        for _number in range(4):
            invited(one)
        person.get("/davetler")
        with counted_statements() as statements:
            person.get("/davetler")
        counts.append(len(statements))
    assert counts[0] == counts[1]
