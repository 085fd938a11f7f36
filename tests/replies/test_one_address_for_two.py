"""Somebody is asked for two organisations at one address: one event in the calendar, one answer."""

from datetime import timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from coordinator import clock
from coordinator.actors import COMMAND, Actor
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.models import AnsweredVia, Invitation, LetterKind, RsvpAnswer
from coordinator.invitations.operations import Reply, Source, answer_invitation, end_link, remove
from coordinator.meetings.models import Meeting
from coordinator.outbox.models import DeliveryAttempt, LetterState, OutboxLetter, Trouble
from coordinator.registry.models import Organization
from tests.browser import Browser
from tests.factories import ContactFactory
from tests.invitations.parts import deliver, invitation_of, invited, letters, organization
from tests.replies.parts import arrives, mail

pytestmark = pytest.mark.usefixtures("reply_address")
YES, MAYBE, NO, NONE = RsvpAnswer.YES, RsvpAnswer.MAYBE, RsvpAnswer.NO, RsvpAnswer.NONE
NERMIN = {"full_name": "Nermin Su", "email": "nermin@iki.example"}


class Two:
    """Two organisations, one of whose people is the same; the calendar answers the first letter."""

    def __init__(self, **meeting: object) -> None:
        self.first = organization("Akasya Derneği", **NERMIN)
        self.second = organization("Begonya Platformu", **NERMIN)
        self.meeting: Meeting = invited(self.first, self.second, **meeting)
        deliver()
        self.said = clock.now() - timedelta(minutes=30)

    @property
    def letters(self) -> list[OutboxLetter]:
        return letters(LetterKind.INVITATION)

    def of(self, one: Organization) -> Invitation:
        return invitation_of(self.meeting, one)

    @property
    def answers(self) -> list[RsvpAnswer]:
        db.session.expire_all()
        return [self.of(one).answer for one in (self.first, self.second)]

    def says(self, program: str, **more: object) -> str:
        self.said += timedelta(minutes=1)
        raw = mail(
            f"calendar_{program}",
            self.letters[0],
            self.meeting,
            stamp=self.said,
            **more,  # type: ignore[arg-type]
        )
        message = arrives(raw)
        db.session.commit()
        return message.outcome

    def types(self, one: Organization, answer: RsvpAnswer, by: str = "Nermin Su") -> None:
        invitation = self.of(one)
        answer_invitation(
            invitation=invitation, reply=Reply(answer, 1), source=Source(AnsweredVia.LINK),
            opened_version=invitation.version, actor=Actor.link(by),
        )  # fmt: skip
        db.session.commit()


@pytest.fixture
def two(app: Flask) -> Two:
    return Two()


def test_both_letters_bring_one_event_of_one_organizer(two: Two) -> None:
    events = [Calendar.from_ical(one.calendar).walk("VEVENT")[0] for one in two.letters]
    for name in ("UID", "ORGANIZER", "ATTENDEE", "SEQUENCE"):
        assert events[0][name] == events[1][name]
    third = organization("Cemre Vakfı", **NERMIN)
    operations.invite(meeting=two.meeting, organizations=[third], actor=COMMAND)
    (event,) = Calendar.from_ical(two.letters[-1].calendar).walk("VEVENT")
    assert event["ORGANIZER"] == events[0]["ORGANIZER"]


def test_the_answer_counts_for_both_and_each_is_told(two: Two, staff: Browser) -> None:
    assert (two.says("thunderbird"), two.answers) == ("answered", [YES, YES])
    assert [two.of(one).people for one in (two.first, two.second)] == [1, 1]
    told = letters(LetterKind.RECEIPT)
    assert {one.to_address for one in told} == {NERMIN["email"]}
    for one, name in zip(told, ("Akasya Derneği", "Begonya Platformu"), strict=True):
        assert name in one.text
    page = staff.get("/gelen?durum=hepsi")
    page = page.click("Kabul edildi") if "Kabul edildi" in page.text else page
    assert "Begonya Platformu için de geçerlidir" in page.text
    assert (two.says("gmail"), two.answers) == ("answered", [NO, NO])
    assert len(letters(LetterKind.RECEIPT)) == 4
    assert (two.says("gmail"), two.answers) == ("same", [NO, NO])


def test_guests_are_counted_once(two: Two) -> None:
    guests = {"PARTSTAT=": "X-NUM-GUESTS=1;PARTSTAT="}
    assert two.says("thunderbird", **guests) == "answered"
    assert [two.of(one).people for one in (two.first, two.second)] == [2, 1]


def test_what_was_said_in_another_way_stays(two: Two) -> None:
    two.types(two.first, NO)
    two.said = clock.now()
    assert (two.says("thunderbird"), two.answers) == ("answered", [NO, YES])
    two.types(two.first, YES, by="Ece Ak")
    two.said = clock.now() + timedelta(minutes=1)
    assert (two.says("apple"), two.answers) == ("answered", [YES, MAYBE])


def test_who_cannot_come_comes_for_none(two: Two) -> None:
    two.types(two.first, YES)
    two.types(two.second, YES)
    two.said = clock.now()
    assert (two.says("gmail"), two.answers) == ("answered", [NO, NO])
    two.types(two.second, YES, by="Ece Ak")
    two.said = clock.now() + timedelta(minutes=5)
    assert (two.says("gmail"), two.answers) == ("same", [NO, YES]), "a colleague goes for them"


def test_one_invitation_ends_and_the_other_is_answered_on(two: Two) -> None:
    (number,) = two.letters[0].links.values()
    end_link(invitation=two.of(two.first), number=number, actor=COMMAND)
    db.session.commit()
    assert (two.says("thunderbird"), two.answers) == ("answered", [NONE, YES])
    remove(invitation=two.of(two.first), tell=True, actor=COMMAND)
    db.session.commit()
    (told,) = letters(LetterKind.WITHDRAWAL)
    assert (told.calendar, told.calendar_method) == (None, None)
    assert "takviminizde kalıyor" in told.text
    assert (two.says("gmail"), two.of(two.second).answer) == ("answered", NO)
    remove(invitation=two.of(two.second), tell=True, actor=COMMAND)
    db.session.commit()
    assert letters(LetterKind.WITHDRAWAL)[-1].calendar_method == "CANCEL"
    assert two.says("thunderbird") == "no_invitation"


def test_a_colleague_of_one_answers_for_that_one_only(two: Two) -> None:
    other = ContactFactory(
        organization=two.first, email="ece@iki.example", is_primary=False, full_name="Ece Ak"
    )
    assert two.says("thunderbird", sender=other.email) == "answered"
    assert two.answers == [YES, NONE]


def test_seats_are_counted_for_each(app: Flask) -> None:
    two = Two(capacity=1)
    assert (two.says("thunderbird"), two.answers) == ("answered", [YES, RsvpAnswer.WAITING])


def test_a_refusal_for_one_of_them_is_shown_with_the_message(two: Two, staff: Browser) -> None:
    two.of(two.second).people = 3
    two.meeting.max_per_org = 2
    db.session.commit()
    assert (two.says("thunderbird"), two.answers) == ("partly", [YES, NONE])
    page = staff.get("/gelen?tur=bekleyen")
    assert "Begonya Platformu için kaydedilmedi: " in page.rows()[0]
    page = staff.get(page.link("Akasya Derneği"))
    assert "Yanıt olarak kaydedildi: Katılacak" in page.text
    page = page.submit("Yanıtı kaydet", people="2")
    assert two.answers == [YES, YES]
    assert not staff.get("/gelen?tur=bekleyen&durum=hepsi").rows()
    two.said = clock.now()
    assert (two.says("gmail"), two.answers) == ("answered", [NO, YES])


def test_an_organisation_counts_only_if_a_letter_that_asks_may_have_arrived(two: Two) -> None:
    _first, second = two.letters
    second.state = LetterState.FAILED
    db.session.commit()
    assert (two.says("thunderbird"), two.answers) == ("answered", [YES, NONE])
    second.tries = [
        DeliveryAttempt(outcome=LetterState.FAILED, reason=Trouble.CUT.because(), is_try=True)
    ]
    db.session.commit()
    assert (two.says("gmail"), two.answers) == ("answered", [NO, NO]), "it may have arrived"
    own = two.of(two.second).letters[0]
    own.kind, second.state = LetterKind.RECEIPT, LetterState.SENT
    db.session.commit()
    assert (two.says("apple"), two.answers) == ("answered", [MAYBE, NO]), "a receipt asks nobody"


@pytest.mark.parametrize("program", ["outlook", "gmail", "thunderbird"])
def test_what_cannot_be_taken_is_answered_to_nobody(
    app: Flask, staff: Browser, program: str
) -> None:
    """A letter back would go to whoever a stranger names; staff see it instead."""
    two = Two(rsvp_deadline=clock.today() - timedelta(days=1))
    before = len(letters())
    outcomes = [
        two.says(program),
        two.says(program, sender="yabanci@baska.example"),
        two.says(program, to="yanit+" + "a" * 38 + "@belediye.example", **{"ORGANIZER;": "X-O;"}),
        two.says(program, **{two.meeting.public_id: "zzzzzzzzzzzz"}),
    ]
    assert outcomes == ["refused", "stranger", "no_part", "other_meeting"]
    assert len(letters()) == before
    assert len(staff.get("/gelen?tur=bekleyen").rows()) == len(outcomes)
