"""What mail and calendar programs are told: where answers go, what is a round letter."""

import pytest
from icalendar import Calendar

from coordinator.access import Role
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.invitations import operations
from coordinator.invitations.models import LetterKind
from coordinator.meetings.operations import cancel_meeting
from coordinator.outbox.addresses import REPLY, letter_of
from coordinator.outbox.models import OutboxLetter
from coordinator.registry.queries import Recipient
from tests.factories import ContactFactory, UserFactory, in_days
from tests.invitations.parts import deliver, invited, letters, organization


@pytest.fixture
def answered(app, monkeypatch):
    monkeypatch.setitem(app.config, "REPLY_ADDRESS", "lcv+{}@belediye.example")


def organizer_of(letter: OutboxLetter) -> str:
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert str(event["organizer"].params["CN"]) == institution.current().unit
    return str(event["organizer"]).removeprefix("mailto:")


def test_all_letters_to_one_recipient_have_the_same_organizer(app, answered):
    one = organization("Körfez Rüzgârı Kadın Derneği")
    ContactFactory(organization=one, is_primary=False, email="ikinci@korfez.example")
    meeting = invited(one, organization("Foça Sardunya Kadın Derneği"))
    first = {one.to_address: one for one in letters()}
    assert len({organizer_of(one) for one in first.values()}) == 3
    deliver()
    meeting.starts_at, meeting.ends_at = in_days(41), in_days(42)
    meeting.calendar_sequence += 1
    operations.tell_changed(meeting=meeting)
    deliver()
    cancel_meeting(meeting, reason="", actor=COMMAND)
    db.session.commit()
    later = [one for one in letters() if one.kind in ("change", "cancellation")]
    assert len(later) == 6
    for letter in later:
        assert organizer_of(letter) == organizer_of(first[letter.to_address])
        assert letter_of(REPLY, organizer_of(letter)) == first[letter.to_address].public_id


def test_a_trial_and_a_copy_that_reads_no_answers_name_the_branch(app, monkeypatch):
    meeting = invited(organization())
    assert organizer_of(letters()[0]) == "kadin@belediye.example"
    monkeypatch.setitem(app.config, "REPLY_ADDRESS", "lcv+{}@belediye.example")
    user = UserFactory(role=Role.STAFF)
    to = Recipient(user.full_name, user.email, "tr", None)
    operations.send_trial(meeting=meeting, to=to, actor=COMMAND)
    db.session.commit()
    trial = letters()[-1]
    assert organizer_of(trial) == "kadin@belediye.example"
    assert not trial.is_answered_by_mail


def test_kinds_say_what_they_are(app):
    meeting = invited(organization())
    deliver()
    operations.remind(meeting=meeting, actor=COMMAND, anyway=True)
    cancel_meeting(meeting, reason="", actor=COMMAND)
    db.session.commit()
    said = {one.kind: (one.is_answered_by_mail, one.is_round) for one in letters()}
    assert said == {
        LetterKind.INVITATION.value: (True, False),
        LetterKind.REMINDER.value: (True, True),
        LetterKind.CANCELLATION.value: (False, False),
    }
