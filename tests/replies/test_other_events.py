"""A calendar file may hold other people's events beside ours, or forget to name its event."""

import pytest
from flask import Flask

from coordinator.invitations.models import RsvpAnswer
from coordinator.meetings import calendar
from tests.invitations.parts import invitation_of, invited, letter_to, organization
from tests.replies.parts import arrives, mail

pytestmark = pytest.mark.usefixtures("reply_address")
FOREIGN = """BEGIN:VEVENT\r
UID:foreign-1\r
DTSTAMP:20261101T091500Z\r
ORGANIZER:mailto:baska@yer.example\r
ATTENDEE;PARTSTAT=DECLINED:mailto:nermin@kurulus.example\r
END:VEVENT\r
"""


def test_the_answer_to_our_event_counts_wherever_it_stands(app: Flask) -> None:
    one, two = organization(), organization("İkinci Kadın Derneği")
    meeting = invited(one, two)
    first = {"BEGIN:VEVENT": f"{FOREIGN}BEGIN:VEVENT"}
    letter = letter_to(one.contacts[0])
    message = arrives(mail("calendar_thunderbird", letter, meeting, **first))
    assert (message.outcome, message.details["answer"]) == ("answered", "yes")
    assert invitation_of(meeting, one).answer is RsvpAnswer.YES
    letter = letter_to(two.contacts[0])
    by_organizer = mail(
        "calendar_thunderbird", letter, meeting, to="paydas@belediye.example", **first
    )
    assert arrives(by_organizer).outcome == "answered", "ours names the letter"


def test_an_only_event_without_a_name_is_the_one_of_the_letter(app: Flask) -> None:
    one = organization()
    meeting = invited(one)
    letter = letter_to(one.contacts[0])
    nameless = {f"UID:{calendar.uid(meeting)}": "X-NO-UID:x"}
    two = mail(
        "calendar_thunderbird", letter, meeting, **nameless,
        **{"BEGIN:VEVENT": f"{FOREIGN}BEGIN:VEVENT"},
    )  # fmt: skip
    assert arrives(two).outcome == "other_meeting", "it may mean either"
    unproven = mail(
        "calendar_thunderbird", letter, meeting, to="paydas@belediye.example", **nameless,
        **{"yanit+": "baska+"},
    )  # fmt: skip
    assert arrives(unproven).outcome == "no_part"
    assert arrives(mail("calendar_thunderbird", letter, meeting, **nameless)).outcome == "answered"
    assert invitation_of(meeting, one).answer is RsvpAnswer.YES
