"""Reminders by the clock: whom they reach, once each, moving with the meeting, with a pause."""

from datetime import timedelta

import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.bookings.models import BookingState, ServiceBooking
from coordinator.extensions import db
from coordinator.invitations import operations as invitations
from coordinator.invitations.models import AccessNeed, RsvpAnswer
from coordinator.outbox.models import OptOut
from coordinator.outbox.operations import hold
from coordinator.reminders import operations
from coordinator.reminders.models import Aim
from tests.browser import counted_statements
from tests.factories import ContactFactory, OrganizationFactory
from tests.invitations.parts import deliver, letters, organization
from tests.reminders.parts import (
    DEADLINE,
    EVE_AT,
    NAMES_AT,
    SILENT_AT,
    STARTS,
    answers,
    at,
    rule_of,
    spring_meeting,
    written,
)


def test_the_first_invitation_brings_the_usual_reminders_once(app):
    meeting = spring_meeting(organization())
    invitations.invite(meeting=meeting, organizations=[organization()], actor=COMMAND)
    rules = [(one.aim, one.days, one.hour) for one in operations.queries.of_meeting(meeting.id)]
    assert rules == [(Aim.SILENT, 2, 10), (Aim.NAMES, 3, 10), (Aim.COMING, 1, 10)]


def test_only_the_silent_are_reminded_and_each_once(app):
    silent, refused, gone, comes = (organization(name) for name in "ABCD")
    meeting = spring_meeting(silent, refused, gone, comes)
    answers(meeting, comes, RsvpAnswer.YES, people=1, names=["Ayşe Kaya"])
    db.session.add(OptOut(address=refused.contacts[0].email, since=clock.now(), via="page"))
    hold(gone.contacts[0].email, reason="550")
    db.session.commit()
    with at(SILENT_AT - timedelta(minutes=1)):
        assert operations.send_due() == 0
    with at(SILENT_AT):
        assert operations.send_due() == 1
        assert operations.send_due() == 0
    assert written("reminder") == [silent.contacts[0].email]
    assert rule_of(meeting, Aim.SILENT).done_for == SILENT_AT
    with at(SILENT_AT + timedelta(hours=23, minutes=59)):
        assert operations.send_due() == 0


def test_a_missed_reminder_goes_within_a_day_by_day_and_not_later(app):
    spring_meeting(organization())
    with at(SILENT_AT + timedelta(hours=12)):
        assert operations.send_due() == 0, "it is ten in the evening"
    with at(SILENT_AT + timedelta(hours=25)):
        assert operations.send_due() == 0, "the day is over"
    with at(SILENT_AT + timedelta(hours=22, minutes=30)):
        assert operations.send_due() == 1


def test_who_was_written_to_within_a_day_waits_and_gets_it_later(app):
    one, other = organization("A"), organization("B")
    meeting = spring_meeting(one)
    with at(SILENT_AT - timedelta(hours=20)):
        invitations.invite(meeting=meeting, organizations=[other], actor=COMMAND)
        deliver()
    with at(SILENT_AT):
        assert operations.send_due() == 1
    assert written("reminder") == [one.contacts[0].email]
    assert rule_of(meeting, Aim.SILENT).done_for is None
    with at(SILENT_AT + timedelta(hours=4, minutes=10)):
        assert operations.send_due() == 1
    assert written("reminder") == sorted(x.contacts[0].email for x in (one, other))
    assert rule_of(meeting, Aim.SILENT).done_for == SILENT_AT


def test_who_was_written_to_before_the_first_hour_gets_it_the_next_morning(app):
    long_ago, *others = (organization(name) for name in "ABCD")
    meeting = spring_meeting(long_ago)
    rule_of(meeting, Aim.SILENT).hour = 8
    db.session.commit()
    first = SILENT_AT - timedelta(hours=2)
    before = [timedelta(minutes=1), timedelta(minutes=30), timedelta(hours=11)]
    for one, lately in zip(others, before, strict=True):
        with at(first - lately):
            invitations.invite(meeting=meeting, organizations=[one], actor=COMMAND)
            deliver()
    next_morning = timedelta(days=1)
    for later, number in (
        (timedelta(0), 1),
        (timedelta(hours=11, minutes=50), 0),
        (next_morning - timedelta(minutes=10), 0),
        (next_morning + timedelta(minutes=1), 3),
        (next_morning + timedelta(minutes=11), 0),
    ):
        with at(first + later):
            assert operations.send_due() == number
    assert written("reminder") == sorted(one.contacts[0].email for one in (long_ago, *others))


def test_a_meeting_that_moves_takes_its_reminders_along(app):
    one = organization()
    meeting = spring_meeting(one)
    with at(SILENT_AT):
        operations.send_due()
    meeting.rsvp_deadline = DEADLINE + timedelta(days=3)
    db.session.commit()
    later = SILENT_AT + timedelta(days=4)
    with at(later):
        assert operations.send_due() == 1
    assert len(written("reminder")) == 2
    assert rule_of(meeting, Aim.SILENT).done_for == later


def test_nothing_goes_out_when_it_is_off_or_too_late(app):
    meeting = spring_meeting(organization())
    rule_of(meeting, Aim.SILENT).is_on = False
    db.session.commit()
    with at(SILENT_AT):
        assert operations.send_due() == 0
    rule = rule_of(meeting, Aim.SILENT)
    rule.is_on, meeting.rsvp_deadline = True, SILENT_AT.date() - timedelta(days=1)
    rule.days = 0
    db.session.commit()
    with at(SILENT_AT):
        assert operations.send_due() == 0


def test_names_are_asked_of_those_who_come_and_have_not_given_all(app):
    none, some, every, silent = (organization(name) for name in "ABCD")
    meeting = spring_meeting(none, some, every, silent)
    answers(meeting, none, RsvpAnswer.YES, people=2)
    answers(meeting, some, RsvpAnswer.DEPUTY, people=2, names=["Ayşe Kaya"])
    answers(meeting, every, RsvpAnswer.YES, people=1, names=["Fatma Ak"])
    with at(NAMES_AT):
        operations.send_due()
    assert written("names") == sorted(x.contacts[0].email for x in (none, some))
    texts = {one.to_address: one.text for one in letters() if one.kind == "names"}
    assert "2 kişi bekliyoruz. Adlar henüz bildirilmedi." in texts[none.contacts[0].email]
    assert "1 kişinin adını biliyoruz." in texts[some.contacts[0].email]
    assert "/adlar" in texts[none.contacts[0].email]


def test_all_who_come_are_told_place_way_services_and_names_the_day_before(app):
    one, phoned = organization("A"), OrganizationFactory(name="B", email="b@kurulus.example")
    english = organization("C", preferred_language="en")
    meeting = spring_meeting(
        one, phoned, english, directions="90 numaralı otobüs\nKapı: Fuar girişi"
    )
    needs = [AccessNeed.SIGN_LANGUAGE, AccessNeed.CHILDCARE]
    answers(meeting, one, RsvpAnswer.YES, people=2, names=["Ayşe www.kotu.example"], needs=needs)
    answers(meeting, phoned, RsvpAnswer.YES, people=1)
    answers(meeting, english, RsvpAnswer.YES, people=1, names=["Ann Lee"], needs=needs)
    db.session.add(
        ServiceBooking(meeting=meeting, need=needs[0], state=BookingState.ORDERED, quantity=1)
    )
    db.session.commit()
    with at(EVE_AT - timedelta(hours=1)):
        invitations.tell_changed(meeting=meeting)
        db.session.commit()
    with at(EVE_AT):
        assert operations.send_due() == 3, "it goes though they were written to an hour ago"
        assert operations.send_due() == 0
    texts = {letter.to_address: letter.text for letter in letters() if letter.kind == "eve"}
    text = texts[one.contacts[0].email]
    for said in ("Kültürpark Buluşma Salonu", "90 numaralı otobüs", "2 kişi bekliyoruz: Ayşe"):
        assert said in text
    assert "İşaret dili" in text or "işaret dili" in text
    assert "Çocuk bakım" not in text
    assert "www.kotu.example" not in text
    assert "Sign language" in texts[english.contacts[0].email]
    assert "hazırlananlar" not in texts[phoned.email]


def test_by_hand_it_goes_once_a_day_and_the_command_does_what_is_due(app):
    meeting = spring_meeting(organization())
    rule = rule_of(meeting, Aim.SILENT)
    with at(SILENT_AT - timedelta(days=2)):
        assert operations.send_now(rule=rule, actor=COMMAND).letters == 1
        assert invitations.remind(meeting=meeting, actor=COMMAND).letters == 0, "not twice a day"
        again = operations.send_now(rule=rule, actor=COMMAND)
        assert (again.letters, again.paused) == (0, 0)
        db.session.commit()
    with at(SILENT_AT):
        answer = app.test_cli_runner().invoke(args=["reminders", "send", "--json"])
    assert answer.output.strip() == '{"letters": 1}'


def test_the_number_of_questions_does_not_grow_with_the_guests(app):
    counts = []
    for size in (2, 14):
        some = [organization(f"Kuruluş {size} {n}") for n in range(size)]
        for one in some[1:]:
            ContactFactory(organization=one, is_primary=False)
        meeting = spring_meeting(*some)
        for one in some:
            answers(meeting, one, RsvpAnswer.YES, people=1, names=["Ayşe Kaya"])
        rule = rule_of(meeting, Aim.COMING)
        with at(EVE_AT), counted_statements() as statements:
            operations.send(rule=rule, moment=EVE_AT)
        counts.append(len(statements))
        db.session.rollback()
        db.session.execute(sa.update(type(meeting)).values(starts_at=STARTS - timedelta(days=90)))
        db.session.commit()
    assert counts[0] == counts[1], counts
