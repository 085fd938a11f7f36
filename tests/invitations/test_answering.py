"""The answer: its rules, its receipt, and two people answering at once."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from icalendar import Calendar

from coordinator import clock
from coordinator.actors import COMMAND, Actor
from coordinator.audit.models import AuditLine
from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.models import AnsweredVia, Invitation, LetterKind, RsvpAnswer
from coordinator.invitations.operations import (
    InvitationClosed,
    Reply,
    Source,
    TooManyPeople,
)
from coordinator.invitations.operations.receipts import Receipt
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.registry.models import Organization
from coordinator.registry.queries import Recipient
from tests.invitations.parts import invitation_of, invited, letter_to, letters, organization

LINK = Source(AnsweredVia.LINK)
PHONE = Source(AnsweredVia.PHONE)
YES = Reply(RsvpAnswer.YES, 2, ["Nermin Su", "Hale Ay"], ["childcare"], "iki çocuk", "Görüşürüz")


def asked(**meeting: object) -> Invitation:
    one = organization()
    return invitation_of(invited(one, **meeting), one)


def answer(
    invitation: Invitation, reply: Reply, source: Source = LINK, version: int | None = None
) -> bool:
    return operations.answer_invitation(
        invitation=invitation,
        reply=reply,
        source=source,
        opened_version=invitation.version if version is None else version,
        actor=Actor.link("Nermin Su"),
    )


def test_an_answer_is_kept_with_who_and_how(app):
    invitation = asked()
    assert answer(invitation, YES)
    db.session.commit()
    assert (invitation.answer, invitation.people) == (RsvpAnswer.YES, 2)
    assert invitation.attendee_names == ["Nermin Su", "Hale Ay"]
    assert invitation.access_needs == ["childcare"]
    assert invitation.answered_via is AnsweredVia.LINK
    assert invitation.answered_by == "Nermin Su"
    line = db.session.execute(
        sa.select(AuditLine).filter_by(action="invitation.answered")
    ).scalar_one()
    assert (line.actor_name, line.via, line.details["answer"]) == ("Nermin Su", "link", "yes")
    assert line.subject_name == invitation.organization.name
    assert "Hale" not in str(line.details)


def test_deputies_come_and_no_keeps_no_people(app):
    invitation = asked()
    answer(invitation, Reply(RsvpAnswer.DEPUTY, 1, [], ["wheelchair"]))
    assert (invitation.is_coming, invitation.people) == (True, 1)
    answer(invitation, Reply(RsvpAnswer.NO, 2, ["Nermin Su"], ["wheelchair"], "not", "Üzgünüz"))
    assert (invitation.people, invitation.attendee_names) == (0, [])
    assert (invitation.access_needs, invitation.needs_note) == ([], "")
    assert invitation.note == "Üzgünüz"


def test_people_are_at_least_those_named(app):
    invitation = asked()
    answer(invitation, Reply(RsvpAnswer.YES, 1, ["Nermin Su", "Hale Ay"]))
    assert invitation.people == 2


def test_no_more_people_than_the_meeting_takes(app):
    invitation = asked(max_per_org=2)
    with pytest.raises(TooManyPeople) as refused:
        answer(invitation, Reply(RsvpAnswer.YES, 3))
    assert "2" in str(refused.value)
    assert refused.value.field == "people"


@pytest.mark.parametrize(
    "closing",
    [
        {"status": MeetingStatus.CANCELLED},
        {"status": MeetingStatus.POSTPONED},
        {"status": MeetingStatus.HELD},
        {"rsvp_deadline": clock.today() - timedelta(days=1)},
        {
            "starts_at": clock.now() - timedelta(hours=3),
            "ends_at": clock.now() - timedelta(hours=1),
        },
    ],
)
def test_closed_for_organizations_and_open_for_staff(app, closing):
    invitation = asked()
    for name, value in closing.items():
        setattr(invitation.meeting, name, value)
    with pytest.raises(InvitationClosed):
        answer(invitation, YES)
    if "status" in closing and closing["status"] is not MeetingStatus.HELD:
        with pytest.raises(InvitationClosed):
            answer(invitation, YES, PHONE)
    else:
        assert answer(invitation, YES, PHONE)


def test_the_last_day_ends_at_midnight_in_istanbul(app):
    invitation = asked()
    last = invitation.meeting.rsvp_deadline
    with time_machine.travel(clock.end_of(last), tick=False):
        assert answer(invitation, YES)
    with (
        time_machine.travel(clock.end_of(last) + timedelta(seconds=1), tick=False),
        pytest.raises(InvitationClosed),
    ):
        answer(invitation, Reply(RsvpAnswer.NO))


def test_an_older_form_is_told_that_somebody_was_quicker(app):
    invitation = asked()
    opened = invitation.version
    answer(invitation, YES, version=opened)
    with pytest.raises(SavedMeanwhile):
        answer(invitation, Reply(RsvpAnswer.NO), version=opened)


def test_the_same_answer_twice_is_no_news(app):
    invitation = asked()
    opened = invitation.version
    to = Source(AnsweredVia.LINK, Receipt(Recipient("Nermin Su", "n@k.example", "tr", None)))
    assert answer(invitation, YES, to, opened)
    assert not answer(invitation, YES, to, opened)
    assert len(letters(LetterKind.RECEIPT)) == 1


def test_the_receipt_says_what_was_understood(app):
    invitation = asked()
    to = Recipient("Nermin Su", "n@k.example", "tr", None)
    answer(invitation, YES, Source(AnsweredVia.ACCOUNT, Receipt(to)))
    (letter,) = letters(LetterKind.RECEIPT)
    assert letter.subject.startswith("Yanıtınızı aldık: ")
    for part in ("Katılacaksınız", "Nermin Su ve Hale Ay", "çocuk bakım ve oyun alanı"):
        assert part in letter.text
        assert part in letter.html
    calendar = Calendar.from_ical(letter.calendar)
    assert (calendar["METHOD"], letter.calendar_method) == ("PUBLISH", "PUBLISH")
    assert f"/davetler/{invitation.public_id}" in letter.text


def test_the_receipt_of_a_refusal_has_no_calendar_file_and_thanks_in_english(app):
    invitation = asked()
    to = Recipient("Ann Lee", "a@k.example", "en", None)
    answer(invitation, Reply(RsvpAnswer.NO), Source(AnsweredVia.LINK, Receipt(to)))
    (letter,) = letters(LetterKind.RECEIPT)
    assert (letter.calendar, letter.calendar_method) == (None, None)
    assert "You cannot come" in letter.text
    assert "Katılamayacaksınız" not in letter.text + letter.html


def test_a_phoned_answer_sends_no_receipt(app):
    invitation = asked()
    answer(invitation, YES, PHONE)
    assert letters(LetterKind.RECEIPT) == []


def test_two_answers_at_once_leave_one_and_tell_the_other(app):
    invitation = asked()
    number, opened = invitation.id, invitation.version
    db.session.commit()
    ends: list[str] = []
    gate = threading.Barrier(2)

    def press(reply: Reply) -> None:
        with app.app_context():
            gate.wait()
            try:
                answer(db.session.get_one(Invitation, number), reply, version=opened)
                db.session.commit()
                ends.append(reply.answer.value)
            except RuleBroken as error:
                db.session.rollback()
                ends.append(type(error).__name__)

    people = [
        threading.Thread(target=press, args=(Reply(kind, 1),))
        for kind in (RsvpAnswer.YES, RsvpAnswer.NO)
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert "SavedMeanwhile" in ends
    kept = (set(ends) - {"SavedMeanwhile"}).pop()
    db.session.expire_all()
    assert db.session.get_one(Invitation, number).answer.value == kept
    counted = sa.select(sa.func.count()).where(AuditLine.action == "invitation.answered")
    assert db.session.scalar(counted) == 1


def test_two_who_invite_at_once_send_each_letter_once(app):
    one = organization()
    meeting_id = invited(organization("Foça Sardunya")).id
    organization_id = one.id
    db.session.commit()
    gate = threading.Barrier(2)
    letters_written: list[int] = []

    def press() -> None:
        with app.app_context():
            gate.wait()
            sent = operations.invite(
                meeting=db.session.get_one(Meeting, meeting_id),
                organizations=[db.session.get_one(Organization, organization_id)],
                actor=COMMAND,
            )
            db.session.commit()
            letters_written.append(sent.letters)

    people = [threading.Thread(target=press) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(letters_written) == [0, 1]
    assert letter_to(one.contacts[0])
