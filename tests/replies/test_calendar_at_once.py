"""A calendar answers while the meeting moves, or while staff write to the same organisations."""

import pytest

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import operations, receivers
from coordinator.invitations.models import Invitation, LetterKind, RsvpAnswer
from coordinator.meetings.models import Meeting
from coordinator.registry.models import Organization
from coordinator.replies.operations import calendar
from tests.factories import ContactFactory
from tests.invitations.parts import deliver, invited, letters, move, organization
from tests.meanwhile import Meanwhile, before
from tests.replies.parts import arrives, mail

pytestmark = pytest.mark.usefixtures("reply_address")
NERMIN = {"full_name": "Nermin Su", "email": "nermin@iki.example"}


def test_an_answer_that_waits_for_a_move_is_one_to_the_former_time(app, monkeypatch):
    meeting = invited(organization("Akasya", **NERMIN))
    deliver()
    raw = mail("calendar_gmail", letters(LetterKind.INVITATION)[0], meeting)
    other = Meanwhile(app, lambda: arrives(raw).outcome)
    before(monkeypatch, receivers.operations, "tell_changed", other)
    move(meeting)
    other.end()
    assert other.result == "moved"
    assert set(db.session.query(Invitation.answer)) == {(RsvpAnswer.NONE,)}


def test_an_answer_for_two_and_an_invitation_of_both_do_not_wait_in_a_circle(app, monkeypatch):
    later, first = organization("Begonya", **NERMIN), organization("Akasya", **NERMIN)
    meeting = invited(first, later)
    deliver()
    for one in (first, later):
        ContactFactory(organization=one)
    db.session.commit()
    number, ids = meeting.id, [first.id, later.id]

    def invite_again() -> None:
        operations.invite(
            meeting=db.session.get_one(Meeting, number),
            organizations=[db.session.get_one(Organization, one) for one in ids],
            actor=COMMAND,
        )

    other = Meanwhile(app, invite_again)
    before(monkeypatch, calendar, "_keep_for_others", other)
    arrives(mail("calendar_gmail", letters(LetterKind.INVITATION)[1], meeting))
    other.end()
    assert other.refusal is None
    assert set(db.session.query(Invitation.answer)) == {(RsvpAnswer.NO,)}
    assert len(letters(LetterKind.INVITATION)) == 4
