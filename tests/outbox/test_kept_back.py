"""Letters that a hold kept from going: sent when it is cleared, unless time has overtaken them."""

from datetime import timedelta

import pytest

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import operations as invitations
from coordinator.invitations.models import AnsweredVia, LetterKind, RsvpAnswer
from coordinator.invitations.operations import Reply, Source
from coordinator.invitations.operations.receipts import Receipt
from coordinator.optouts import operations as optouts
from coordinator.outbox import operations, queries
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.queries import Recipient
from tests.invitations.parts import deliver, invitation_of, invited, letters, organization


@pytest.fixture
def held(app):
    """An organisation whose address went on hold before its invitation went out."""
    one = organization("Körfez", email="Nermin@k.example")
    other = organization("Foça", email="foca@k.example")
    meeting = invited(one, other)
    operations.hold("nermin@k.example", reason="550 dolu", actor=COMMAND)
    return meeting, one


def answer(meeting, one, what: RsvpAnswer) -> None:
    invitation = invitation_of(meeting, one)
    receipt = Receipt(Recipient("Nermin Su", "Nermin@k.example", "tr", one.contacts[0].id))
    invitations.answer_invitation(
        invitation=invitation,
        reply=Reply(what, 1),
        source=Source(AnsweredVia.LINK, receipt=receipt),
        opened_version=invitation.version,
        actor=COMMAND,
    )


def waiting() -> int:
    return sum(queries.count_kept_back(db.session.scalars(queries.all_held())).values())


def gone(kind: LetterKind | None = None) -> list[OutboxLetter]:
    db.session.expire_all()
    return [
        one
        for one in letters(kind)
        if one.to_address == "Nermin@k.example" and one.state is LetterState.QUEUED
    ]


def test_what_waited_goes_with_the_receipt_that_is_true(held):
    meeting, one = held
    answer(meeting, one, RsvpAnswer.YES)
    answer(meeting, one, RsvpAnswer.NO)
    assert len(letters(LetterKind.RECEIPT)) == 2
    assert waiting() == 2, "the invitation and the last receipt"
    operations.release("NERMIN@k.example", actor=COMMAND)
    assert operations.resend_kept_back("NERMIN@k.example", COMMAND) == 2
    assert [one.kind for one in gone()] == ["invitation", "receipt"]
    assert gone(LetterKind.RECEIPT) == letters(LetterKind.RECEIPT)[1:]
    assert operations.resend_kept_back("nermin@k.example", COMMAND) == 0


def test_what_was_called_back_or_is_over_stays(held):
    meeting, _one = held
    (kept,) = [one for one in letters() if one.state is LetterState.FAILED]
    kept.called_back_at = clock.now()
    db.session.flush()
    assert waiting() == 0
    kept.called_back_at = None
    db.session.flush()
    assert waiting() == 1
    meeting.starts_at, meeting.ends_at = (clock.now() - timedelta(hours=n) for n in (3, 1))
    db.session.flush()
    assert waiting() == 0
    operations.release("nermin@k.example", actor=COMMAND)
    assert operations.resend_kept_back("nermin@k.example", COMMAND) == 0


def test_a_letter_refused_by_its_server_does_not_go_by_itself(held):
    (kept,) = [one for one in letters() if one.state is LetterState.FAILED]
    kept.reason = "550 dolu"
    db.session.flush()
    assert waiting() == 0


def test_reminders_wait_only_for_those_who_have_not_answered(held):
    meeting, one = held
    row = invitation_of(meeting, one).letters[0]
    row.kind = LetterKind.REMINDER
    db.session.flush()
    assert waiting() == 1
    answer(meeting, one, RsvpAnswer.YES)
    assert waiting() == 1, "the receipt alone"
    row.kind = LetterKind.NAMES
    db.session.flush()
    assert waiting() == 2, "and the names are still missing"
    invitation_of(meeting, one).attendee_names = ["Nermin Su"]
    db.session.flush()
    assert waiting() == 1


def test_who_left_the_round_letters_gets_none_by_any_way_of_sending_again(held):
    meeting, one = held
    address = one.contacts[0].email
    operations.release(address, actor=COMMAND)
    operations.resend_kept_back(address, COMMAND)
    deliver()
    invitations.remind(meeting=meeting, actor=COMMAND, anyway=True)
    operations.hold(address, reason="550 dolu", actor=COMMAND)
    assert waiting() == 1, "the reminder"
    optouts.leave(address=address.upper(), via="page", actor=COMMAND)
    assert waiting() == 0
    operations.release(address, actor=COMMAND)
    assert operations.resend_kept_back(address, COMMAND) == 0
    assert operations.resend_all(COMMAND) == 0
    (mine,) = [one for one in letters(LetterKind.REMINDER) if one.to_address == address]
    mine.state = LetterState.BOUNCED
    db.session.flush()
    with pytest.raises(operations.RoundsRefused):
        operations.resend(mine, COMMAND)
    optouts.come_back(address=address, actor=COMMAND)
    operations.resend(mine, COMMAND)
    assert [one.kind for one in gone()] == ["reminder"]


def test_staff_send_what_waited_in_the_same_step(held, staff, viewer):
    place = "/yonetim/gonderiler/bekleyen-adresler"
    assert "bekleyen 1 mektubu" not in viewer.get(place).text
    page = staff.get(place)
    page = page.submit("Beklemeyi kaldır ve bekleyen 1 mektubu gönder", yeniden="1")
    assert "nermin@k.example artık beklemede değil. Gitmemiş" in page.text
    assert "Gitmemiş olan 1 mektup gönderilmek üzere sırada." in page.text
    assert len(gone()) == 1
    operations.hold("nermin@k.example", reason="550", actor=COMMAND)
    (kept,) = [one for one in letters() if one.state is LetterState.FAILED]
    page = staff.get(f"/yonetim/gonderiler/{kept.public_id}")
    page = page.submit("Yalnız beklemeyi kaldır")
    assert "Şimdi bir mektup gönderilmedi" in page.text
    assert "sırada" not in page.text
    assert not gone()


def test_an_organisation_that_says_its_address_works_gets_what_waited(held, staff):
    _meeting, one = held
    page = staff.get(f"/kuruluslar/{one.public_id}")
    page = page.submit("Beklemeyi kaldır ve bekleyen 1 mektubu gönder", yeniden="1")
    assert "Gitmemiş olan 1 mektup" in page.text
    assert len(gone()) == 1
