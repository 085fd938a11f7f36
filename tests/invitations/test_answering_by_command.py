"""`invitations answer`: what an organisation said, entered with all that the page takes."""

import json
from datetime import timedelta
from typing import Any

from flask import Flask

from coordinator import clock
from coordinator.extensions import db
from coordinator.invitations.models import AttendMode, Invitation, RsvpAnswer
from coordinator.meetings.models import Meeting, MeetingStatus, Mode
from tests.factories import OrganizationFactory
from tests.invitations.parts import invitation_of, invited, organization


def run(app: Flask, meeting: Meeting, *words: str) -> Any:
    db.session.commit()
    args = ["invitations", "answer", meeting.public_id, *words]
    return app.test_cli_runner().invoke(args=args)


def told(app: Flask, meeting: Meeting, *words: str) -> dict[str, Any]:
    result = run(app, meeting, *words, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_all_that_they_said_is_kept(app: Flask) -> None:
    one = organization("Ada")
    meeting = invited(one, mode=Mode.HYBRID, online_url="https://t.example", max_per_org=3)
    answer = told(
        app, meeting, "Ada", "--answer", "deputy", "--people", "3", "--name", " Hale  Ay ",
        "--names-later", "--mode", "online", "--need", "childcare=2", "--need", "sign_language",
        "--note", "Geç kalabiliriz.",
    )  # fmt: skip
    assert answer == {
        "organisation": "Ada", "answer": "deputy", "waiting_no": None, "people": 3, "changed": True,
    }  # fmt: skip
    kept: Invitation = invitation_of(meeting, one)
    assert (kept.attendee_names, kept.names_later) == (["Hale Ay"], True)
    assert (kept.attend_mode, kept.note) == (AttendMode.ONLINE, "Geç kalabiliriz.")
    assert (kept.access_needs, kept.need_numbers) == (
        ["sign_language", "childcare"], {"childcare": 2},
    )  # fmt: skip
    again = run(app, meeting, "Ada", "--answer", "deputy")
    assert again.stdout == "Ada: deputy, 3 people; nothing has changed\n"
    assert run(app, meeting, "Ada", "--answer", "no").stdout == "Ada: no\n"


REFUSED = [
    (["--answer", "no", "--people", "2"], 2, "--answer yes or deputy only"),
    (["--answer", "yes", "--people", "0"], 2, "1<=x<=50"),
    (["--answer", "yes", "--need", "uçak"], 2, "'uçak' is none of sign_language, "),
    (["--answer", "yes", "--need", "childcare=0"], 2, "childcare=1 to childcare=50"),
    (["--answer", "yes", "--need", "captions=2"], 2, "captions is not counted"),
    (["--answer", "yes", "--mode", "online"], 1, "it is in_person"),
    (["--answer", "yes", "--name", "10000000146"], 1, "--name: This looks like a national"),
    (["--answer", "yes", "--name", "A" * 121], 1, "to 120 characters; it has 121"),
    (
        ["--answer", "yes", "--people", "1", "--name", "A", "--name", "B"],
        1,
        "2 people are named",
    ),
    (["--answer", "yes", "--people", "9"], 1, "At most 2 people of an organisation"),
]


def test_what_cannot_be_is_refused(app: Flask) -> None:
    one = organization("Ada")
    meeting = invited(one)
    for words, status, said in REFUSED:
        result = run(app, meeting, "Ada", *words)
        assert (result.exit_code, result.stdout) == (status, "")
        assert said in result.stderr
    assert invitation_of(meeting, one).answer is RsvpAnswer.NONE


def test_the_name_means_whoever_is_invited_first(app: Flask) -> None:
    one, other = organization("Ada"), OrganizationFactory(name="Ada")
    meeting = invited(one)
    assert told(app, meeting, "Ada", "--answer", "yes")["people"] == 1
    refused = run(app, meeting, other.public_id, "--answer", "yes")
    assert refused.stderr == "Error: Ada is not invited to this meeting\n"
    both = invited(one, other)
    refused = run(app, both, "Ada", "--answer", "yes")
    assert refused.exit_code == 1
    assert one.public_id in refused.stderr
    assert other.public_id in refused.stderr


def test_it_is_taken_after_the_last_day_but_not_of_a_meeting_that_is_off(app: Flask) -> None:
    one = organization("Ada")
    meeting = invited(one)
    meeting.rsvp_deadline = clock.today() - timedelta(days=1)
    assert told(app, meeting, "Ada", "--answer", "yes")["answer"] == "yes"
    meeting.status = MeetingStatus.CANCELLED
    refused = run(app, meeting, "Ada", "--answer", "no")
    assert (refused.exit_code, refused.stderr) == (1, "Error: This meeting was cancelled.\n")
