"""Leaving the round letters: by page and by one click, and nothing by a look."""

import sqlalchemy as sa

from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.invitations.models import LetterKind
from coordinator.invitations.operations import remind
from coordinator.optouts import operations, queries
from coordinator.outbox.addresses import BOUNCE, UNSUBSCRIBE, part
from coordinator.outbox.models import LetterState, OptOut
from coordinator.registry.models import Contact
from tests.invitations.parts import deliver, invited, letters, organization


def reminder():
    """Return the waiting reminder of somebody who was invited."""
    meeting = invited(organization(full_name="Nermin Su"))
    deliver()
    remind(meeting=meeting, actor=COMMAND, anyway=True)
    db.session.commit()
    return letters(LetterKind.REMINDER)[0]


def rows():
    return db.session.execute(sa.select(OptOut.via, OptOut.ended_at)).all()


def test_one_click_of_a_mail_program_leaves(app):
    letter = reminder()
    path = f"/ayril/{part(UNSUBSCRIBE, letter.public_id)}"
    client = app.test_client()
    for way in (client.get, client.head, client.options):
        assert way(path).status_code == 200
    assert rows() == []
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert "Set-Cookie" not in answer.headers
    assert rows() == [("one-click", None)]
    assert letter.state is LetterState.CANCELLED
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 204
    asked = sa.select(AuditLine.action).where(AuditLine.subject == "opt_out")
    assert db.session.scalars(asked).all() == ["opt_out.begun"]


def test_a_letter_in_hand_is_not_tried_again(app):
    letter = reminder()
    letter.state = LetterState.SENDING
    operations.leave(address=letter.to_address, via="page", actor=COMMAND)
    db.session.refresh(letter)
    assert letter.state is LetterState.SENDING
    assert letter.called_back_at is not None


def test_the_page_says_what_goes_on_and_leads_back(app, browser):
    letter = reminder()
    path = f"/ayril/{part(UNSUBSCRIBE, letter.public_id)}"
    page = browser.get(path)
    assert "yine size ulaşır" in page.text
    assert letter.to_address not in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    page = page.submit("Hatırlatmaları kapat")
    assert page.h1 == "Hatırlatmalar kapalı"
    assert set(queries.standing([letter.to_address.upper(), "x@y.example"])) == {letter.to_address}
    page = page.submit("Hatırlatmalar yeniden gelsin")
    assert page.h1 == "Hatırlatmaları kapat"
    assert queries.standing([letter.to_address]) == {}
    assert page.submit("Hatırlatmaları kapat").h1 == "Hatırlatmalar kapalı"


def test_no_other_page_can_press_the_button(app):
    path = f"/ayril/{part(UNSUBSCRIBE, reminder().public_id)}"
    for data in ({}, {"ayril": "1"}, {"geri": "1", "csrf_token": "x"}):
        assert app.test_client().post(path, data=data).status_code == 400
    assert rows() == []


def test_no_other_address_leaves(app, browser):
    letter = reminder()
    own = part(UNSUBSCRIBE, letter.public_id)
    wrong = (
        letter.public_id,
        part(BOUNCE, letter.public_id),
        own[:-1] + ("a" if own[-1] != "a" else "b"),
        part(UNSUBSCRIBE, "a" * 12),
    )
    for code in wrong:
        assert browser.get(f"/ayril/{code}", status=404).h1
        answer = app.test_client().post(f"/ayril/{code}", data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 404
    assert rows() == []


def test_staff_see_it_at_the_contact_and_take_it_back(app, staff):
    letter = reminder()
    contact = db.session.execute(sa.select(Contact)).scalar_one()
    operations.leave(address=letter.to_address, via="one-click", actor=COMMAND)
    path = f"/kuruluslar/{contact.organization.public_id}/temsilciler/{contact.public_id}"
    page = staff.get(path)
    assert "orada istenmiyor" in page.text
    page = page.submit("Yeniden hatırlatma gönder")
    assert queries.standing([contact.email]) == {}
    page.submit("Hatırlatma gönderme")
    assert queries.of_address(contact.email).via == "staff"
