"""A meeting moves or is off: whoever holds an invitation hears of it, and nobody else."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.models import AnsweredVia, LetterKind, RsvpAnswer
from coordinator.invitations.operations.changing import foresee_cancellation, foresee_change
from coordinator.links import PersonalLink
from coordinator.meetings.models import Meeting
from coordinator.meetings.signals import meeting_changed
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import LetterState, OutboxLetter
from tests.browser import Browser, counted_statements
from tests.factories import ContactFactory, OrganizationFactory
from tests.invitations.parts import (
    cancel,
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    move,
    organization,
)


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


@pytest.mark.parametrize("answer", [RsvpAnswer.YES, RsvpAnswer.WAITING])
def test_who_said_yes_by_phone_hears_of_the_change_and_of_the_cancellation(app, answer):
    phoned, mute, silent = (OrganizationFactory(name=name, email="") for name in "ABC")
    meeting = invited(phoned, mute, silent)
    for number, one in enumerate((phoned, mute), 1):
        invitation = invitation_of(meeting, one)
        invitation.answer, invitation.answered_via = answer, AnsweredVia.PHONE
        if answer is RsvpAnswer.WAITING:
            invitation.waiting_no = number
    phoned.email = "phoned@kurulus.example"
    db.session.commit()
    told = operations.tell_changed(meeting=meeting)
    assert [one.organization for one in told.untold] == [mute]
    assert [one.to_address for one in letters(LetterKind.CHANGE)] == [phoned.email]
    told = operations.tell_cancelled(meeting=meeting)
    assert [one.organization for one in told.untold] == [mute]
    assert [one.to_address for one in letters(LetterKind.CANCELLATION)] == [phoned.email]


def test_the_page_names_whom_only_a_call_reaches(staff: Browser):
    mute = OrganizationFactory(name="Sessiz Dernek", email="")
    meeting = invited(mute)
    invitation_of(meeting, mute).answer = RsvpAnswer.YES
    db.session.commit()
    ask = staff.get(f"/toplantilar/{meeting.public_id}/iptal")
    page = ask.submit("Toplantıyı iptal et", reason="Salon kapandı.")
    assert "Telefonla bildirin: Sessiz Dernek." in page.text


def test_the_new_time_goes_to_whom_it_concerns_now_and_the_end_to_everybody_who_read(app):
    left, moved, alone = organization("A"), organization("B"), organization("C")
    ContactFactory(organization=left)
    meeting = invited(left, moved, alone)
    deliver()
    gone, stays = left.contacts
    before = {one.contacts[0].email for one in (moved, alone)}
    for contact in (gone, alone.contacts[0]):
        contact.active_until = clock.today() - timedelta(days=1)
    moved.contacts[0].email = "dogru@kurulus.example"
    alone.email = "kurulus@kurulus.example"
    db.session.commit()
    move(meeting)
    now = {stays.email, "dogru@kurulus.example", "kurulus@kurulus.example"}
    assert {one.to_address for one in letters(LetterKind.CHANGE)} == now
    deliver()
    cancel(meeting)
    told = [one.to_address for one in letters(LetterKind.CANCELLATION)]
    assert sorted(told) == sorted({*now, *before, gone.email})


def test_the_pages_say_beforehand_to_how_many_letters_will_go(app, staff: Browser):
    two, one, waits, late = (organization(name) for name in "ABCD")
    ContactFactory(organization=two)
    phoned, came_back = OrganizationFactory(name="E", email=""), organization("F")
    meeting = invited(two, one, late, phoned, came_back)
    deliver()
    operations.invite(meeting=meeting, organizations=[waits], actor=COMMAND)
    letter_to(late.contacts[0]).state = LetterState.FAILED
    outbox.bounced(letter_to(came_back.contacts[0]), reason="550 5.1.1")
    db.session.commit()
    edit, ask = (f"/toplantilar/{meeting.public_id}/{page}" for page in ("duzenle", "iptal"))
    said = staff.get(edit).text
    assert "Zamanı ya da yeri değiştirirseniz davetli 4 kuruluşa mektup gider." in said
    assert "Davetli 2 kuruluşa mektup gidemez" in said
    page = staff.get(ask, query={"dil": "en"})
    assert (
        "2 invited organisations get a letter with your reason. That is 3 letters in" in page.text
    )
    assert "No letter reaches 4 invited organisations" in page.text
    assert letter_to(waits.contacts[0]).state is LetterState.QUEUED
    moving, cancelling = foresee_change(meeting), foresee_cancellation(meeting)
    with db.session.begin_nested() as tried:
        assert operations.tell_changed(meeting=meeting).letters == moving.letters == 5
        tried.rollback()
    assert operations.tell_cancelled(meeting=meeting).letters == cancelling.letters == 3


def test_any_number_of_invitations_is_told_in_as_many_statements(app):
    counts = []
    for size in (2, 7):
        rows = [organization(f"Kuruluş {size} {number}") for number in range(size)]
        rows += [OrganizationFactory(email=f"k{size}{number}@k.example") for number in range(size)]
        meeting = invited(*rows)
        deliver()
        for one in rows[:size]:
            one.contacts[0].email = f"yeni{one.id}@kurulus.example"
            invitation_of(meeting, one).answer = RsvpAnswer.YES
        db.session.commit()
        number = meeting.id
        db.session.expunge_all()
        meeting = db.session.get_one(Meeting, number)
        with counted_statements() as seen:
            assert operations.tell_changed(meeting=meeting).letters == 2 * size
            db.session.flush()
        counts.append(len(seen))
        db.session.commit()
    assert counts[0] == counts[1]
