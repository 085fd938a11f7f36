"""A meeting moves or is off: whoever holds an invitation hears of it, and nobody else."""

from datetime import timedelta

import sqlalchemy as sa
from icalendar import Calendar

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations.models import LetterKind, RsvpAnswer
from coordinator.links import PersonalLink
from coordinator.meetings import operations as meetings
from coordinator.meetings.models import Meeting
from coordinator.meetings.signals import meeting_changed
from coordinator.outbox.models import LetterState, OutboxLetter
from tests.invitations.parts import (
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
)


def move(meeting: Meeting) -> None:
    meeting.starts_at += timedelta(days=1)
    meeting.ends_at += timedelta(days=1)
    meeting.calendar_sequence += 1
    db.session.flush()
    meeting_changed.send(meeting, changed=frozenset({"starts_at"}), actor=COMMAND)
    db.session.commit()


def cancel(meeting: Meeting, reason: str = "Salon kapandı.") -> None:
    meetings.cancel_meeting(meeting, reason=reason, actor=COMMAND)
    db.session.commit()


def test_who_was_invited_hears_the_new_time_with_a_raised_sequence(app):
    one = organization()
    meeting = invited(one)
    deliver()
    invitation_of(meeting, one).answer = RsvpAnswer.YES
    move(meeting)
    letter = letter_to(one.contacts[0], LetterKind.CHANGE)
    assert letter.subject.startswith("Değişti: ")
    assert "Yanıtınız: Katılacağız." in letter.text
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert (letter.calendar_method, event["SEQUENCE"]) == ("REQUEST", 1)
    assert event["DTSTART"].dt == clock.local(meeting.starts_at)


def test_a_silent_invitee_can_answer_from_the_letter_of_the_change(app):
    one = organization(preferred_language="en")
    meeting = invited(one)
    deliver()
    move(meeting)
    letter = letter_to(one.contacts[0], LetterKind.CHANGE)
    assert "?yanit=evet" in letter.text
    assert letter.subject.startswith("Changed: ")


def test_a_letter_that_still_waits_is_written_anew(app):
    one = organization()
    meeting = invited(one)
    move(meeting)
    old, new = letters(LetterKind.INVITATION)
    assert (old.state, new.state) == (LetterState.CANCELLED, LetterState.QUEUED)
    assert old.to_address == new.to_address
    assert letters(LetterKind.CHANGE) == []
    (event,) = Calendar.from_ical(new.calendar).walk("VEVENT")
    assert event["SEQUENCE"] == 1


def test_links_follow_the_meeting(app):
    one = organization()
    meeting = invited(one)
    before = db.session.scalar(sa.select(PersonalLink.expires_at))
    move(meeting)
    after = set(db.session.scalars(sa.select(PersonalLink.expires_at)))
    assert after == {before + timedelta(days=1)}


def test_every_change_is_told_once(app):
    one = organization()
    meeting = invited(one)
    deliver()
    move(meeting)
    meeting_changed.send(meeting, changed=frozenset({"starts_at"}), actor=COMMAND)
    assert len(letters(LetterKind.CHANGE)) == 1
    move(meeting)
    assert len(letters(LetterKind.CHANGE)) == 2


def test_a_cancelled_meeting_is_told_to_those_who_hold_its_invitation_only(app):
    sent, waiting, failed = (
        organization("Adalete Erişim"),
        organization("Foça Sardunya"),
        organization("Urla Mor Zeytin"),
    )
    meeting = invited(sent, waiting, failed)
    for one, state in ((sent, LetterState.SENT), (failed, LetterState.FAILED)):
        letter_to(one.contacts[0]).state = state
    db.session.commit()
    cancel(meeting)
    assert letter_to(waiting.contacts[0]).state is LetterState.CANCELLED
    (told,) = letters(LetterKind.CANCELLATION)
    assert told.to_address == sent.contacts[0].email
    assert told.subject.startswith("İptal: ")
    for part in (told.text, told.html):
        assert "Toplantı yapılmayacak. Sizden bir şey yapmanız beklenmiyor." in part
    assert "Salon kapandı." in told.text
    assert "Salon kapandı." in told.html
    calendar = Calendar.from_ical(told.calendar)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert event["ATTENDEE"] == f"mailto:{sent.contacts[0].email}"


def test_one_cancellation_for_each_recipient_whatever_they_were_sent(app):
    one = organization()
    meeting = invited(one)
    deliver()
    move(meeting)
    deliver()
    cancel(meeting)
    assert len(letters(LetterKind.CANCELLATION)) == 1


def test_letters_on_their_way_count_as_gone(app):
    one = organization()
    meeting = invited(one)
    db.session.execute(sa.update(OutboxLetter).values(state=LetterState.SENDING))
    db.session.commit()
    cancel(meeting)
    assert len(letters(LetterKind.CANCELLATION)) == 1
    assert letter_to(one.contacts[0]).state is LetterState.SENDING
