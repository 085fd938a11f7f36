"""Inviting and reminding: who gets which letter, and nobody twice."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.invitations import operations, queries
from coordinator.invitations.models import Invitation, LetterKind, RsvpAnswer
from coordinator.invitations.operations import InvitationClosed, NotInvitable
from coordinator.invitations.signals import Block, composing
from coordinator.links import PersonalLink
from coordinator.meetings.models import MeetingStatus
from coordinator.outbox.models import LetterState
from coordinator.registry.listing import Filters, choose
from coordinator.registry.models import Channel
from tests.browser import counted_statements
from tests.factories import ContactFactory, MeetingFactory, OrganizationFactory
from tests.invitations.parts import (
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
    path_of,
    unfolded,
)


def test_each_contact_gets_one_letter_with_a_link_of_their_own(app):
    one, other = organization("Adalete Erişim Kadın Ağı"), organization("Foça Sardunya")
    second = ContactFactory(organization=one)
    meeting = MeetingFactory()
    sent = operations.invite(meeting=meeting, organizations=[one, other], actor=COMMAND)
    assert (sent.invited, sent.letters, sent.unreachable) == (2, 3, 0)
    assert {letter.to_address for letter in letters()} == {
        one.contacts[0].email,
        second.email,
        other.contacts[0].email,
    }
    assert len({path_of(letter) for letter in letters()}) == 3
    assert meeting.status is MeetingStatus.INVITED


def test_an_organization_without_address_is_on_the_list_and_gets_no_letter(app):
    silent = OrganizationFactory()
    ContactFactory(organization=OrganizationFactory(), preferred_channel=Channel.PHONE)
    meeting = MeetingFactory()
    sent = operations.invite(meeting=meeting, organizations=[silent], actor=COMMAND)
    assert (sent.invited, sent.letters, sent.unreachable) == (1, 0, 1)
    assert invitation_of(meeting, silent).invited_at is not None
    assert letters() == []


def test_sending_again_changes_nothing(app):
    one = organization()
    meeting = invited(one)
    sent = operations.invite(meeting=meeting, organizations=[one], actor=COMMAND)
    assert (sent.invited, sent.letters, sent.unreachable) == (0, 0, 0)
    assert len(letters()) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 1


def test_an_address_put_right_gets_its_first_letter(app):
    one = organization(email="yanlis@kurulus.example")
    meeting = invited(one)
    deliver(LetterState.FAILED)
    one.contacts[0].email = "dogru@kurulus.example"
    sent = operations.invite(meeting=meeting, organizations=[one], actor=COMMAND)
    assert (sent.invited, sent.letters) == (0, 1)
    assert letters()[-1].to_address == "dogru@kurulus.example"


def test_the_letter_says_who_when_and_where_in_the_contacts_language(app):
    turkish = organization("Körfez Rüzgârı Kadın Derneği", full_name="Nermin Su")
    english = organization(
        "Göçmen Kadınlar Ağı", full_name="Ann Lee", preferred_language="en", email="a@k.example"
    )
    meeting = invited(turkish, english, title="25 Kasım’ı birlikte hazırlıyoruz")
    first, second = letter_to(turkish.contacts[0]), letter_to(english.contacts[0])
    assert first.subject.startswith("Davet: 25 Kasım’ı birlikte hazırlıyoruz, ")
    for part in ("Sayın Nermin Su,", "Körfez Rüzgârı Kadın Derneği", meeting.place, "Katılacağız"):
        assert part in first.text
        assert part in first.html
    assert "?yanit=evet" in first.text
    assert "?yanit=hayir" in first.html
    assert second.subject.startswith("Invitation: 25 Kasım’ı birlikte hazırlıyoruz, ")
    assert "Dear Ann Lee," in second.text
    assert "We will come" in second.html
    assert "Katılacağız" not in second.text + second.html
    assert (first.language, second.language) == ("tr", "en")


def test_the_calendar_part_asks_the_recipient_and_names_nobody_else(app):
    one, other = organization("Adalete Erişim"), organization("Foça Sardunya")
    meeting = invited(one, other)
    for contact in (one.contacts[0], other.contacts[0]):
        letter = letter_to(contact)
        calendar = Calendar.from_ical(letter.calendar)
        (event,) = calendar.walk("VEVENT")
        assert (calendar["METHOD"], letter.calendar_method) == ("REQUEST", "REQUEST")
        assert event["ATTENDEE"] == f"mailto:{contact.email}"
        assert event["ATTENDEE"].params["RSVP"] == "TRUE"
        assert str(event["ORGANIZER"]) == "mailto:kadin@belediye.example"
        assert event["SEQUENCE"] == 0
        assert event["UID"].startswith(meeting.public_id)
        assert unfolded(letter.calendar).count("mailto:") == 2
        assert "LINK-" not in letter.calendar


def test_a_link_outlives_the_meeting_by_some_days(app):
    meeting = invited(organization())
    (link,) = db.session.scalars(sa.select(PersonalLink))
    assert meeting.ends_at < link.expires_at < meeting.ends_at + timedelta(days=30)


@pytest.mark.parametrize("status", [MeetingStatus.CANCELLED, MeetingStatus.POSTPONED])
def test_nobody_is_invited_to_a_meeting_that_is_off(app, status):
    meeting = MeetingFactory(status=status)
    with pytest.raises(NotInvitable):
        operations.invite(meeting=meeting, organizations=[organization()], actor=COMMAND)


def test_one_audit_line_says_who_invited_how_many(app):
    invited(organization(), OrganizationFactory())
    line = db.session.execute(
        sa.select(AuditLine).filter_by(action="invitations.sent")
    ).scalar_one()
    assert line.details == {"invited": 2, "letters": 1, "unreachable": 1, "by_hand": 0}
    assert line.via == "command"


@pytest.mark.parametrize("number", [3, 60])
def test_the_number_of_statements_does_not_follow_the_number_of_invitees(app, number):
    for place in range(number):
        organization(f"Kuruluş {place}")
    meeting = MeetingFactory()
    db.session.commit()
    db.session.refresh(meeting)
    wanted = list(db.session.scalars(choose(Filters())))
    with counted_statements() as statements:
        operations.invite(meeting=meeting, organizations=wanted, actor=COMMAND)
        db.session.commit()
    assert len(statements) <= 40, "\n".join(statements)


def test_what_others_add_to_the_letter_is_asked_for_once(app):
    asked_for: list[int] = []

    def add(_meeting, asked):
        asked_for.append(len(asked))
        return [
            Block(
                "Ne yapalım?", "Önerinizi yazın.", "Öneri yaz", f"http://x.example/{a.contact_id}"
            )
            for a in asked
        ]

    with composing.connected_to(add):
        one, other = organization("Adalete Erişim"), organization("Foça Sardunya")
        invited(one, other)
    assert asked_for == [2]
    letter = letter_to(one.contacts[0])
    assert "Önerinizi yazın." in letter.text
    assert f'href="http://x.example/{one.contacts[0].id}"' in letter.html


def test_only_the_silent_are_reminded_and_only_once_a_day(app):
    silent, answered = organization("Adalete Erişim"), organization("Foça Sardunya")
    meeting = invited(silent, answered)
    deliver()
    invitation_of(meeting, answered).answer = RsvpAnswer.NO
    sent = operations.remind(meeting=meeting, actor=COMMAND)
    assert (sent.letters, sent.paused) == (0, 1), "the invitation went out within a day"
    sent = operations.remind(meeting=meeting, actor=COMMAND, anyway=True)
    assert (sent.organizations, sent.letters, sent.paused) == (1, 1, 0)
    letter = letter_to(silent.contacts[0], LetterKind.REMINDER)
    assert letter.subject.startswith("Hatırlatma: ")
    assert path_of(letter) != path_of(letter_to(silent.contacts[0]))
    assert operations.remind(meeting=meeting, actor=COMMAND, anyway=True).letters == 0
    assert len(letters(LetterKind.REMINDER)) == 1


def test_who_was_not_reached_is_not_reminded(app):
    meeting = invited(organization())
    deliver(LetterState.FAILED)
    assert operations.remind(meeting=meeting, actor=COMMAND).letters == 0


def test_nobody_is_reminded_after_the_last_day(app):
    meeting = invited(organization(), rsvp_deadline=clock.today() - timedelta(days=1))
    with pytest.raises(InvitationClosed):
        operations.remind(meeting=meeting, actor=COMMAND)


def test_totals_of_many_meetings_are_one_question(app):
    one, other = organization("Adalete Erişim"), organization("Foça Sardunya")
    meeting, empty = invited(one, other), MeetingFactory()
    invitation = invitation_of(meeting, one)
    invitation.answer, invitation.people = RsvpAnswer.DEPUTY, 2
    db.session.flush()
    ids = [meeting.id, empty.id]
    with counted_statements() as statements:
        totals = queries.meeting_totals(ids)
    assert len(statements) == 1
    assert (totals[meeting.id].invited, totals[meeting.id].deputy) == (2, 1)
    assert (totals[meeting.id].people, totals[meeting.id].none) == (2, 1)
    assert totals[empty.id].invited == 0
    count = queries.window_counts([meeting.window_id])[meeting.window_id]
    assert (count.invited, count.answered, count.came) == (2, 1, 0)
