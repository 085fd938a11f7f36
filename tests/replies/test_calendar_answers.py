"""A calendar's "Accept" becomes the organisation's answer, if somebody who was asked sent it."""

from datetime import timedelta

import pytest
from flask import Flask

from coordinator import clock, links
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.inbox import operations as inbox
from coordinator.inbox.models import MessageKind
from coordinator.invitations.models import AnsweredVia, Invitation, LetterKind, RsvpAnswer
from coordinator.invitations.operations import (
    Reply,
    Source,
    answer_invitation,
    end_link,
    renew,
)
from coordinator.meetings.models import Meeting
from coordinator.registry.models import Organization
from tests.factories import ContactFactory
from tests.invitations.parts import (
    invitation_of,
    invited,
    kinds_of,
    letter_to,
    letters,
    organization,
)
from tests.replies.parts import arrives, mail

pytestmark = pytest.mark.usefixtures("reply_address")
YES, MAYBE, NO = RsvpAnswer.YES, RsvpAnswer.MAYBE, RsvpAnswer.NO


def asked(**meeting: object) -> tuple[Organization, Meeting, Invitation]:
    one = organization()
    held = invited(one, **meeting)
    return one, held, invitation_of(held, one)


def answered(invitation: Invitation, answer: RsvpAnswer = YES, **more: object) -> None:
    answer_invitation(
        invitation=invitation,
        reply=Reply(answer, **more),  # type: ignore[arg-type]
        source=Source(AnsweredVia.COMMAND),
        opened_version=invitation.version,
        actor=COMMAND,
    )
    db.session.commit()


@pytest.mark.parametrize(
    ("program", "answer", "note"),
    [
        ("outlook", YES, "İki kişi geleceğiz, görüşmek üzere."),
        ("outlook_desktop", MAYBE, ""),
        ("gmail", NO, "O hafta şehir dışındayız, kusura bakmayın."),
        ("apple", MAYBE, "Yönetim kurulumuz çarşamba karar verecek."),
        ("thunderbird", YES, ""),
    ],
)
def test_each_program_is_understood(
    app: Flask, program: str, answer: RsvpAnswer, note: str
) -> None:
    one, meeting, invitation = asked()
    letter = letter_to(one.contacts[0])
    message = arrives(mail(f"calendar_{program}", letter, meeting))
    db.session.commit()
    assert (message.kind, message.outcome) == (MessageKind.ANSWER, "answered")
    assert message.letter == letter
    assert (invitation.answer, invitation.answered_via) == (answer, AnsweredVia.CALENDAR)
    assert (invitation.note, invitation.answered_by) == (note, one.contacts[0].full_name)
    assert invitation.people == (1 if answer is YES else 0)
    assert kinds_of(invitation)[-1] is LetterKind.RECEIPT
    assert letters(LetterKind.RECEIPT)[0].to_address == letter.to_address


def test_what_was_given_stays_and_twice_the_same_is_no_news(app: Flask) -> None:
    one, meeting, invitation = asked()
    letter = letter_to(one.contacts[0])
    answered(invitation, MAYBE, people=2, names=["Ece Ak", "Naz Su"], needs=["sign_language"])
    answered(invitation, YES, people=2, names=["Ece Ak", "Naz Su"], needs=["sign_language"])
    later = clock.now() + timedelta(seconds=2)
    raw = mail("calendar_outlook", letter, meeting, stamp=later)
    assert arrives(raw).outcome == "answered"
    assert inbox.receive(raw) is None
    assert invitation.note.startswith("İki kişi")
    assert (invitation.people, invitation.attendee_names) == (2, ["Ece Ak", "Naz Su"])
    assert invitation.access_needs == ["sign_language"]
    again = mail("calendar_thunderbird", letter, meeting, stamp=later + timedelta(seconds=2))
    assert arrives(again).outcome == "same"
    assert len(letters(LetterKind.RECEIPT)) == 1


def test_accept_leaves_an_announced_deputy(app: Flask) -> None:
    one, meeting, invitation = asked()
    letter = letter_to(one.contacts[0])
    answered(invitation, RsvpAnswer.DEPUTY, names=["Ece Ak"])
    later = clock.now() + timedelta(seconds=2)
    assert arrives(mail("calendar_thunderbird", letter, meeting, stamp=later)).outcome == "same"
    raw = mail("calendar_outlook", letter, meeting, stamp=later)
    assert arrives(raw).outcome == "answered", "there is a comment with it"
    assert (invitation.answer, invitation.attendee_names) == (RsvpAnswer.DEPUTY, ["Ece Ak"])
    full = organization("İkinci Kadın Derneği")
    second = invited(one, full, capacity=1)
    answered(invitation_of(second, one), YES)
    waits = invitation_of(second, full)
    answered(waits, RsvpAnswer.DEPUTY)
    raw = mail("calendar_thunderbird", letter_to(full.contacts[0]), second, stamp=later)
    assert arrives(raw).outcome == "same"
    assert (waits.answer, waits.waiting_for) == (RsvpAnswer.WAITING, RsvpAnswer.DEPUTY)


def test_answers_go_on_by_the_first_letter_when_its_link_was_renewed(app: Flask) -> None:
    one, meeting, invitation = asked()
    letter = letter_to(one.contacts[0])
    first = invitation.letters[0].link_id
    assert first is not None
    renew(invitation=invitation, number=first, actor=COMMAND)
    db.session.expire_all()
    assert arrives(mail("calendar_thunderbird", letter, meeting)).outcome == "answered"
    assert invitation.letters[-1].kind is LetterKind.RECEIPT
    assert invitation.letters[-1].link_id not in (None, first)
    end_link(invitation=invitation, number=invitation.letters[-1].link_id, actor=COMMAND)
    later = clock.now() + timedelta(seconds=2)
    assert arrives(mail("calendar_gmail", letter, meeting, stamp=later)).outcome == "ended"


def test_older_answers_change_nothing(app: Flask) -> None:
    """By the sender's clock: two replies read in one go count in the order they were written."""
    one, meeting, invitation = asked()
    letter = letter_to(one.contacts[0])
    moment = clock.now() - timedelta(minutes=5)
    first = mail("calendar_thunderbird", letter, meeting, stamp=moment)
    second = mail("calendar_gmail", letter, meeting, stamp=moment + timedelta(seconds=30))
    assert [arrives(first).outcome, arrives(second).outcome] == ["answered", "answered"]
    assert invitation.answer is NO
    overtaken = mail("calendar_outlook", letter, meeting, stamp=moment + timedelta(seconds=10))
    assert (arrives(overtaken).outcome, invitation.answer) == ("outdated", NO)
    answered(invitation, YES)
    before = mail("calendar_apple", letter, meeting, stamp=clock.now() - timedelta(minutes=1))
    assert (arrives(before).outcome, invitation.answer) == ("outdated", YES)
    meeting.calendar_sequence = 2
    db.session.flush()
    moved = mail("calendar_gmail", letter, meeting, sequence=1, stamp=clock.now())
    assert (arrives(moved).outcome, invitation.answer) == ("moved", YES)


def test_only_those_who_were_asked_answer(app: Flask) -> None:
    one, meeting, invitation = asked()
    contact = one.contacts[0]
    letter = letter_to(contact)

    def outcome(**more: str) -> str:
        message = arrives(mail("calendar_thunderbird", letter, meeting, **more))
        if message.outcome != "answered":
            assert message.kind is MessageKind.UNMATCHED
        return message.outcome

    assert outcome(sender="yabanci@baska.example") == "stranger"
    assert outcome(to="kadin@belediye.example") == "answered", "the organizer names the letter"
    answered(invitation, MAYBE)
    wrong = "yanit+" + "a" * 38 + "@belediye.example"
    assert outcome(to=wrong, **{"ORGANIZER;": "X-ORGANIZER;"}) == "no_part"
    other = ContactFactory(organization=one, email="baska@kurulus.example", is_primary=False)
    later = clock.now() + timedelta(seconds=2)
    assert outcome(sender=other.email, stamp=later) == "answered"  # type: ignore[arg-type]
    assert invitation.answered_by == other.full_name
    contact.email = "yeni@kurulus.example"
    db.session.flush()
    assert outcome(sender=letter.to_address) == "stranger"
    links.revoke("invitation", invitation.id)
    db.session.expire_all()
    assert outcome(sender=other.email) == "ended"


@pytest.mark.parametrize(
    ("sender", "sent_by", "outcome"),
    [
        ("stranger@attacker.example", "", "other_sender"),
        ("stranger@attacker.example", "stranger@attacker.example", "other_sender"),
        ("Asistan@kurulus.example", "asistan@kurulus.example", "other_sender"),
        ("NERMIN@Kurulus.example", "asistan@kurulus.example", "answered"),
        ("Ece@kurulus.example", "ece@kurulus.example", "answered"),
    ],
)
def test_the_sender_is_one_who_was_asked(
    app: Flask, sender: str, sent_by: str, outcome: str
) -> None:
    one = organization(email="nermin@kurulus.example")
    meeting = invited(one)
    letter, invitation = letter_to(one.contacts[0]), invitation_of(meeting, one)
    ContactFactory(organization=one, email="ece@kurulus.example", is_primary=False)
    more = {"PARTSTAT=": f'SENT-BY="mailto:{sent_by}";PARTSTAT='} if sent_by else {}
    raw = mail("calendar_gmail", letter, meeting, sender="nermin@kurulus.example", **more)
    head, gap, body = raw.partition(b"\n\n")
    head = head.replace(b"nermin@kurulus.example", sender.encode())
    message = arrives(head + gap + body)
    assert (message.outcome, invitation.answer) == (
        outcome, NO if outcome == "answered" else RsvpAnswer.NONE,
    )  # fmt: skip
    assert message.details["answer"] == "no"


def test_another_meeting_a_counter_and_silence_wait_for_staff(app: Flask) -> None:
    one, meeting, invitation = asked()
    letter = letter_to(one.contacts[0])
    foreign = {meeting.public_id: "zzzzzzzzzzzz"}
    assert arrives(mail("calendar_apple", letter, meeting, **foreign)).outcome == "other_meeting"
    counter = arrives(mail("calendar_outlook_counter", letter, meeting))
    assert (counter.kind, counter.outcome) == (MessageKind.HUMAN, "counter")
    assert counter.details["comment"] == "Saat 16.00 bize daha uygun."
    for word, outcome in (("DELEGATED", "delegated"), ("NEEDS-ACTION", "unclear")):
        raw = mail("calendar_thunderbird", letter, meeting, ACCEPTED=word)
        assert arrives(raw).outcome == outcome
    broken = mail("calendar_thunderbird", letter, meeting, **{"BEGIN:VEVENT": "BEGIN:VJOURNAL"})
    assert arrives(broken).outcome == "calendar_unreadable"
    assert invitation.answer is RsvpAnswer.NONE


def test_a_closed_invitation_is_told_with_its_reason(app: Flask) -> None:
    one, meeting, invitation = asked(rsvp_deadline=clock.today() - timedelta(days=1))
    message = arrives(mail("calendar_gmail", letter_to(one.contacts[0]), meeting))
    assert (message.kind, message.outcome) == (MessageKind.ANSWER, "refused")
    assert message.details["refusal"]["en"].startswith("The last day to answer has passed.")
    assert message.details["refusal"]["tr"] != message.details["refusal"]["en"]
    assert invitation.answer is RsvpAnswer.NONE
    assert not letters(LetterKind.RECEIPT)


def test_a_full_meeting_lets_them_wait(app: Flask) -> None:
    first, second = organization(), organization("İkinci Kadın Derneği")
    meeting = invited(first, second, capacity=1)
    answered(invitation_of(meeting, first), YES)
    message = arrives(mail("calendar_outlook", letter_to(second.contacts[0]), meeting))
    assert (message.outcome, message.details["kept"]) == ("answered", "waiting")
    assert invitation_of(meeting, second).answer is RsvpAnswer.WAITING


def test_a_national_identity_number_is_left_out(app: Flask) -> None:
    one, meeting, invitation = asked()
    raw = mail(
        "calendar_outlook", letter_to(one.contacts[0]), meeting, **{"İki kişi": "10000000146 iki"}
    )
    message = arrives(raw)
    assert (message.outcome, message.details.get("left_out")) == ("answered", "tckn")
    assert (invitation.answer, invitation.note) == (YES, "")
