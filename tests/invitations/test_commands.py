"""The commands: the same road as the pages, one JSON object as the answer."""

import json
from datetime import timedelta

import pytest

from coordinator import clock
from coordinator.extensions import db
from coordinator.invitations import queries
from coordinator.invitations.models import AnsweredVia, LetterKind, RsvpAnswer
from coordinator.meetings.models import MeetingStatus
from tests.factories import MeetingFactory, OrganizationFactory, district
from tests.invitations.parts import deliver, invitation_of, invited, letters, organization


@pytest.fixture
def run(app):
    def command(*words: str, refused: bool = False):
        result = app.test_cli_runner().invoke(args=list(words))
        assert bool(result.exit_code) is refused, result.output
        return result.output if refused else json.loads(result.stdout)

    return command


def test_invite_all_status_answer_remind(run):
    organization("Adalete Erişim")
    one = organization("Körfez Rüzgârı")
    OrganizationFactory(name="Menemen Kil ve El")
    meeting = MeetingFactory()
    address = f"/toplantilar/{meeting.public_id}"
    told = run("meetings", "invite", address, "--all", "--json")
    assert (told["invited"], told["letters"], told["unreachable"]) == (3, 2, 1)
    assert run("meetings", "invite", address, "--all", "--json")["letters"] == 0
    deliver()
    told = run(
        "invitations", "answer", address, "Körfez Rüzgârı", "--answer", "yes", "--people", "2",
        "--json",
    )  # fmt: skip
    assert told["people"] == 2
    assert invitation_of(meeting, one).answered_via is AnsweredVia.COMMAND
    told = run("invitations", "status", address, "--json")
    assert told["totals"] == {
        "invited": 3, "yes": 1, "deputy": 0, "waiting": 0, "maybe": 0, "no": 0, "none": 2,
        "people": 2, "people_waiting": 0,
    }  # fmt: skip
    by_name = {row["name"]: row for row in told["organisations"]}
    assert by_name["Menemen Kil ve El"]["state"] == "to_call"
    assert (by_name["Körfez Rüzgârı"]["answer"], by_name["Körfez Rüzgârı"]["via"]) == (
        "yes",
        "command",
    )
    (letter,) = by_name["Adalete Erişim"]["letters"]
    assert (letter["state"], letter["attempts"]) == ("sent", 0)
    assert letter["message_id"].startswith("<")
    remind = ("invitations", "remind", address, "--json")
    assert run(*remind) == {"reminded": 0, "letters": 0, "waiting": 1}
    assert run(*remind, "--anyway") == {"reminded": 1, "letters": 1, "waiting": 0}
    assert run(*remind, "--anyway") == {"reminded": 0, "letters": 0, "waiting": 0}
    assert len(letters(LetterKind.REMINDER)) == 1


def test_an_answer_changes_what_is_said_and_nothing_else(run):
    one = organization("Körfez Rüzgârı")
    meeting = invited(one, max_per_org=4)
    invitation = invitation_of(meeting, one)

    def answer(*more: str, refused: bool = False):
        words = ("invitations", "answer", meeting.public_id, one.name, "--answer", *more)
        told = run(*words, *(() if refused else ("--json",)), refused=refused)
        db.session.refresh(invitation)
        return told

    assert answer("yes")["people"] == 1
    invitation.people, invitation.attendee_names = 3, ["Hale Ay", "Su Er"]
    invitation.access_needs, invitation.need_numbers = ["childcare"], {"childcare": 2}
    invitation.note = "Geç kalabiliriz."
    db.session.commit()
    told = answer("deputy")
    assert (told["answer"], told["people"]) == ("deputy", 3)
    assert invitation.attendee_names == ["Hale Ay", "Su Er"]
    assert (invitation.need_numbers, invitation.note) == ({"childcare": 2}, "Geç kalabiliriz.")
    assert answer("deputy", "--people", "4")["people"] == 4
    assert invitation.attendee_names == ["Hale Ay", "Su Er"]
    assert "Hale Ay, Su Er" in answer("yes", "--people", "1", refused=True)
    assert answer("yes", "--people", "1", "--name", "Su Er")["people"] == 1
    assert (invitation.attendee_names, invitation.access_needs) == (["Su Er"], ["childcare"])


def test_the_waiting_list_is_told_with_its_order(run):
    names = ("Adalete Erişim", "Bostan", "Ceviz")
    for name in names:
        organization(name)
    meeting = MeetingFactory(capacity=1)
    run("meetings", "invite", meeting.public_id, "--all", "--json")
    answers = [
        run("invitations", "answer", meeting.public_id, name, "--answer", "yes", "--json")
        for name in names
    ]
    assert [(one["answer"], one["waiting_no"]) for one in answers] == [
        ("yes", None), ("waiting", 1), ("waiting", 2),
    ]  # fmt: skip
    told = run("invitations", "status", meeting.public_id, "--json")
    totals = told["totals"]
    assert (totals["yes"], totals["waiting"], totals["people"], totals["people_waiting"]) == (
        1, 2, 1, 2,
    )  # fmt: skip
    assert [one["waiting_no"] for one in told["organisations"]] == [None, 1, 2]


@pytest.mark.parametrize("name", ["urla", "URLA", "Urla"])
def test_a_list_is_a_district_or_a_field_of_work(run, name):
    organization("Konaklı")
    organization("Urlalı").district = district("Urla")
    meeting = MeetingFactory()
    told = run("meetings", "invite", meeting.public_id, "--list", name, "--json")
    assert told["invited"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("meetings", "invite", "{}"), "say whom to invite: --all"),
        (("meetings", "invite", "{}", "--list", "Yok böyle"), "no district"),
        (("meetings", "invite", "/toplantilar/yok", "--all"), "no meeting"),
        (("invitations", "status", "yok", "--json"), "no meeting"),
        (("invitations", "answer", "{}", "Kimse", "--answer", "yes"), "no organisation"),
        (("invitations", "answer", "{}", "Körfez", "--answer", "yes", "--people", "3"), "2"),
        (("invitations", "answer", "{}", "Körfez", "--answer", "often"), "often"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_status(run, words, said):
    meeting = invited(organization("Körfez"))
    output = run(*(word.format(meeting.public_id) for word in words), refused=True)
    assert said in output
    assert invitation_of(meeting, meeting_organization(meeting)).answer is RsvpAnswer.NONE


def meeting_organization(meeting):
    return queries.of_meeting(meeting.id)[0].organization


def test_nobody_is_reminded_of_a_cancelled_meeting(run):
    meeting = invited(organization())
    deliver()
    meeting.status = MeetingStatus.CANCELLED
    db.session.commit()
    assert "This meeting was cancelled." in run(
        "invitations", "remind", meeting.public_id, refused=True
    )


def test_without_a_meeting_the_silent_of_all_that_can_be_answered_are_reminded(run):
    one, other = organization("Adalete Erişim"), organization("Körfez Rüzgârı")
    first, second = invited(one, other), invited(one)
    too_late, off, over = invited(one), invited(one), invited(one)
    MeetingFactory()
    deliver()
    too_late.rsvp_deadline = clock.today() - timedelta(days=1)
    off.status = MeetingStatus.POSTPONED
    over.starts_at = clock.now() - timedelta(hours=3)
    over.ends_at = clock.now() - timedelta(hours=1)
    second.rsvp_deadline = clock.today()
    db.session.commit()
    run("invitations", "answer", first.public_id, other.name, "--answer", "no", "--json")
    assert queries.awaiting_answers() == [first, second]
    remind = ("invitations", "remind", "--anyway", "--json")
    assert run(*remind) == {"reminded": 2, "letters": 2, "waiting": 0}
    assert {one.to_address for one in letters(LetterKind.REMINDER)} == {one.contacts[0].email}
    assert run(*remind) == {"reminded": 0, "letters": 0, "waiting": 0}
