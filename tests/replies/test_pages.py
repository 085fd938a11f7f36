"""The pages of what arrived: the list, a person's words beside the form, letters that came back."""

import pytest

from coordinator import clock
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.inbox import queries as inbox
from coordinator.inbox.models import InboxMessage, MessageKind
from coordinator.invitations.models import AnsweredVia, LetterKind, RsvpAnswer
from coordinator.outbox import operations as outbox
from coordinator.outbox import queries as held
from coordinator.outbox.models import LetterState
from tests.browser import Browser, counted_statements
from tests.factories import ContactFactory, represent
from tests.invitations.parts import invitation_of, invited, letter_to, letters, organization
from tests.replies.parts import arrives, mail

pytestmark = pytest.mark.usefixtures("reply_address")
PRESS = "javascript:alert(1) <script>alert(1)</script> https://kotu.example/x"


def written(number: int, kind: MessageKind = MessageKind.UNMATCHED, **more: object) -> InboxMessage:
    """Return a message that is not about anything that we know."""
    one = InboxMessage(
        digest=f"{number:064d}", kind=kind, outcome="unknown", subject=f"Konu {number}", **more
    )
    db.session.add(one)
    db.session.flush()
    return one


def test_what_somebody_wrote_is_entered_in_one_step(app, staff):
    one = organization()
    meeting = invited(one)
    letter = letter_to(one.contacts[0])
    invitation = invitation_of(meeting, one)
    own = f"{app.config['BASE_URL']}/davet/{'a' * 43}"
    raw = mail(
        "human_reply", letter, meeting, **{"> Gelecek misiniz?": f"> {own}", "Merhaba": PRESS}
    )
    message = arrives(raw)
    assert (message.kind, message.outcome) == (MessageKind.HUMAN, "to_enter")
    index = staff.get("/gelen")
    assert one.name in index.rows()[0]
    assert "Gelen" in index.soup.select_one("nav a[aria-current=page]").get_text()
    page = staff.get(f"/gelen/{message.public_id}")
    assert "iki kişi geleceğiz" in page.text
    assert "<script>alert" not in page.response.get_data(as_text=True)
    assert not page.soup.select("a[href*='kotu.example'], a[href^='javascript']")
    assert own not in page.text
    assert f"/davetli/{invitation.public_id}" in str(page.soup)
    page = page.submit("Yanıtı kaydet", 422, answer="", people="2")
    assert "iki kişi geleceğiz" in page.text
    assert page.soup.select_one("select[name=people] option[selected]")["value"] == "2"
    page = page.submit("Yanıtı kaydet", answer="yes", people="2")
    assert page.path == "/gelen"
    assert not page.rows()
    db.session.refresh(invitation)
    assert (invitation.answer, invitation.people) == (RsvpAnswer.YES, 2)
    assert (invitation.answered_via, message.outcome) == (AnsweredVia.MAIL, "entered")
    assert message.seen_by == staff.user.full_name
    own_page = staff.get(f"/toplantilar/{meeting.public_id}/davetli/{invitation.public_id}")
    assert own_page.link(message.subject) == f"/gelen/{message.public_id}"


def test_an_unmatched_message_finds_its_invitation(app, staff):
    one, other = organization(), organization("Çiğli Turna Kadın Kooperatifi")
    meeting = invited(one, other)
    message = written(
        1, sender_address="kisi@baska.example", text="Geliyoruz.", details={"answer": "maybe"}
    )
    path = f"/gelen/{message.public_id}"
    page = staff.get(path)
    assert not page.soup.select("form#yanit")
    page = page.submit("Ara", ara="TURNA")
    page = staff.get(page.link("Çiğli Turna Kadın Kooperatifi"))
    assert page.soup.select_one("input[name=answer][checked]")["value"] == "maybe"
    page.submit("Yanıtı kaydet", answer="no")
    assert invitation_of(meeting, other).answer is RsvpAnswer.NO
    assert [one.public_id for one in db.session.scalars(inbox.messages(seen=True))] == [
        message.public_id
    ]
    known = written(2, sender_address=one.contacts[0].email, text="Biz de.")
    assert staff.get(f"/gelen/{known.public_id}").soup.select("form#yanit"), (
        "the only one it can be"
    )


def test_what_another_address_sent_is_entered_with_one_press(app, staff):
    one = organization()
    meeting = invited(one)
    letter = letter_to(one.contacts[0])
    raw = mail("calendar_thunderbird", letter, meeting)
    message = arrives(raw.replace(f"<{letter.to_address}>".encode(), b"<x@attacker.example>", 1))
    assert invitation_of(meeting, one).answer is RsvpAnswer.NONE
    page = staff.get(f"/gelen/{message.public_id}")
    assert "yanıtı başka bir adres gönderdi" in page.text
    page.submit("Yanıtı kaydet")
    assert invitation_of(meeting, one).answer is RsvpAnswer.YES
    assert message.outcome == "entered"


def test_a_report_that_names_no_letter_puts_its_address_on_hold(app, staff, viewer):
    one = organization()
    meeting = invited(one)
    letter, invitation = letter_to(one.contacts[0]), invitation_of(meeting, one)
    letter.state = LetterState.SENT

    def reported(number: int, **details: str) -> str:
        message = written(number, sender_address="mailer-daemon@x.example", details=details)
        message.outcome = "report_unknown"
        db.session.flush()
        return f"/gelen/{message.public_id}"

    other = ContactFactory(organization=one, email="Ece@kurulus.example", is_primary=False)
    known = reported(1, address="ece@kurulus.example", status="5.1.1", words="kutu yok")
    page = staff.get(known)
    assert not page.soup.select("form#yanit")
    assert "Bu adresi beklemeye al" not in viewer.get(known).text
    filled = {**page.filled(page.form("Bu adresi beklemeye al")), "adres": "x@baska.example"}
    assert staff.send("POST", f"{known}/beklet", data=filled).status_code == 409
    page = page.submit("Bu adresi beklemeye al")
    assert held.held([other.email])[other.email].reason == "5.1.1 kutu yok"
    assert "Bu adresi beklemeye al" not in page.text
    assert letter.state is LetterState.SENT
    line = db.session.scalars(db.select(AuditLine).where(AuditLine.action == "address.held")).one()
    assert line.actor_name == staff.user.full_name
    for path in (reported(2, address="x@baska.example"), reported(3, fate="delayed")):
        page = staff.get(path)
        assert "Bu adresi beklemeye al" not in page.text
    path = reported(4, address="x@baska.example")
    page = staff.get(f"{path}?davet={invitation.public_id}")
    assert not page.soup.select("form#yanit")
    entering = f"{path}/yanit/{invitation.public_id}"
    token = {"csrf_token": filled["csrf_token"], "answer": "yes"}
    assert staff.send("POST", entering, data=token).status_code == 404
    page = page.submit("Bu adresi beklemeye al")
    db.session.refresh(letter)
    assert letter.state is LetterState.BOUNCED
    assert held.held([letter.to_address])
    assert "Beklemeyi kaldır" in page.text, "it is a letter that came back like any other"


def test_a_meeting_that_no_database_can_look_for_is_no_fault(app, staff):
    one = organization()
    invited(one)
    message = written(1, sender_address=one.contacts[0].email, details={"meeting": "a\x00b"})
    assert one.name in staff.get(f"/gelen/{message.public_id}").text


def test_a_letter_that_came_back_shows_what_is_left_to_try(app, staff):
    one = organization()
    spare = ContactFactory(organization=one, email="", is_primary=False)
    meeting = invited(one)
    letter = letter_to(one.contacts[0])
    asked = f"/toplantilar/{meeting.public_id}/davetli/{invitation_of(meeting, one).public_id}"
    spare.email, spare.full_name = "yedek@kurulus.example", "Gül Yedek"
    outbox.bounced(letter, reason="5.1.1 kutu yok")
    message = written(1, MessageKind.BOUNCE, letter=letter, details={"words": "5.1.1 kutu yok"})
    message.outcome = "bounced"
    path = f"/gelen/{message.public_id}"
    page = staff.get(path)
    assert one.contacts[0].full_name in page.text
    assert "5.1.1 kutu yok" in page.text
    assert "Yeniden gönder" not in page.text + staff.get(asked).text
    assert page.link("Adresi düzelt").endswith(one.contacts[0].public_id)
    page = page.submit("Daveti ona gönder")
    assert [to.to_address for to in letters(LetterKind.INVITATION)][-1] == spare.email
    assert "Davet oraya daha önce gitti." in page.text
    answer = staff.send(
        "POST",
        f"{path}/gonder",
        data={**page.filled(page.form("Beklemeyi kaldır")), "kisi": spare.public_id},
    )
    assert answer.status_code == 409
    page = staff.get(path).submit("Beklemeyi kaldır")
    assert not held.held([letter.to_address])
    assert "Beklemeyi kaldır" not in page.text
    assert "Yeniden gönder" in staff.get(asked).text
    page.submit("Yeniden gönder")
    assert letter.state is LetterState.QUEUED
    assert "Yeniden gönder" not in staff.get(path).text
    foreign = organization("Başka").contacts[0]
    data = {**page.filled(page.form("Görüldü")), "kisi": foreign.public_id}
    assert staff.send("POST", f"{path}/gonder", data=data).status_code == 409


def test_the_list_shows_the_unseen_and_is_marked_at_once(app, staff, viewer):
    for number in range(3):
        written(number, MessageKind.AUTOMATIC if number else MessageKind.DELAYED)
    late = written(9, MessageKind.ANSWER, letter=None)
    late.outcome = "outdated"
    (row,) = staff.get("/gelen?tur=bekleyen").rows()
    assert "Geçerli yanıttan daha eski" in row
    db.session.delete(late)
    page = staff.get("/gelen?tur=automatic")
    assert len(page.rows()) == 2
    page = page.submit("Gösterilen")
    assert not page.rows()
    assert len(staff.get("/gelen").rows()) == 1
    assert len(staff.get("/gelen?durum=gorulen").rows()) == 2
    assert len(staff.get("/gelen?durum=hepsi&tur=yok&page=x").rows()) == 3
    page = viewer.get("/gelen")
    assert "görüldü olarak" not in page.text
    one = db.session.scalars(inbox.unseen()).one()
    assert viewer.send("POST", f"/gelen/{one.public_id}/goruldu").status_code in (400, 403)
    staff.get(f"/gelen/{one.public_id}").submit("Görüldü")
    db.session.refresh(one)
    assert one.seen_at <= clock.now()


def test_the_list_asks_as_often_for_many_as_for_few(app, staff):
    one = organization()
    invited(one)
    letter = letter_to(one.contacts[0])

    def count() -> int:
        with counted_statements() as statements:
            staff.get("/gelen")
        return len(statements)

    written(0, letter=letter)
    few = count()
    for number in range(1, 40):
        written(number, MessageKind.HUMAN, letter=letter)
    assert count() == few


def test_people_clear_their_own_address_and_no_others(app, staff):
    one, other = organization(), organization("Başka Dernek")
    invited(one, other)
    for each in (one, other):
        outbox.hold(each.contacts[0].email, reason="5.1.1")
    one.email = other.contacts[0].email
    invited(one)
    mine = Browser(app).sign_in(represent(one))
    path = f"/kuruluslar/{one.public_id}"
    page = mine.get(path)
    assert one.contacts[0].email in page.text
    assert "yalnızca şube müdürlüğü açabilir" in page.text, "it is another organisation's"
    page = page.submit("Beklemeyi kaldır", adres=other.contacts[0].email)
    assert held.held([other.contacts[0].email])
    page = page.submit("Beklemeyi kaldır")
    assert not held.held([one.contacts[0].email])
    foreign = {
        "adres": other.contacts[0].email,
        "csrf_token": page.soup.select_one("[name=csrf_token]")["value"],
    }
    answer = mine.send("POST", f"/kuruluslar/{other.public_id}/adres-serbest", data=foreign)
    assert answer.status_code == 404
    staff.get(f"/kuruluslar/{other.public_id}").submit("Beklemeyi kaldır")
    assert not held.held([other.contacts[0].email])
