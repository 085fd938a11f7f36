"""From a real mailbox, by the reader itself, to the organisation's answer."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.invitations.models import AnsweredVia, RsvpAnswer
from tests.imap import Box, serving
from tests.inbox.places import ImapPlace, MaildirPlace, MboxPlace, Place
from tests.invitations.parts import invitation_of, invited, letter_to, organization
from tests.replies.parts import mail

pytestmark = pytest.mark.usefixtures("reply_address")
ANSWERS = {
    "outlook": RsvpAnswer.YES,
    "outlook_desktop": RsvpAnswer.MAYBE,
    "gmail": RsvpAnswer.NO,
    "apple": RsvpAnswer.MAYBE,
    "thunderbird": RsvpAnswer.YES,
}


@pytest.fixture(params=["imap", "maildir", "mbox"])
def place(
    request: pytest.FixtureRequest, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """A mailbox of each kind, named by INBOX_URL."""
    with serving(Box()) as server:
        if request.param == "imap":
            made: Place = ImapPlace(server)
        elif request.param == "maildir":
            made = MaildirPlace(tmp_path / "Maildir")
        else:
            made = MboxPlace(tmp_path / "gelen")
        monkeypatch.setitem(app.config, "INBOX_URL", made.url)
        yield made


def read_once(app: Flask) -> Any:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["inbox", "read", "--once", "--json"])
    db.session.expire_all()
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_answers_of_every_program_come_out_of_every_mailbox(app: Flask, place: Place) -> None:
    organizations = [organization(f"{name} Derneği") for name in [*ANSWERS, "el", "yabancı"]]
    meeting = invited(*organizations)
    letters = [letter_to(one.contacts[0]) for one in organizations]
    for program, letter in zip(ANSWERS, letters, strict=False):
        raw = mail(f"calendar_{program}", letter, meeting)
        place.deliver(raw)
    place.deliver(raw)  # the last one a second time
    place.deliver(mail("human_reply", letters[5], meeting))
    place.deliver(mail("calendar_gmail", letters[6], meeting, sender="baska@yer.example"))
    told = read_once(app)
    assert told == {
        "read": 7, "answers": 5, "bounces": 0, "delayed": 0, "automatic": 0, "human": 1,
        "unmatched": 1, "kept": 5,
    }  # fmt: skip
    assert place.left() == 0
    for program, one in zip(ANSWERS, organizations, strict=False):
        invitation = invitation_of(meeting, one)
        assert (invitation.answer, invitation.answered_via) == (
            ANSWERS[program], AnsweredVia.CALENDAR,
        ), program  # fmt: skip
    for one in organizations[5:]:
        assert invitation_of(meeting, one).answer is RsvpAnswer.NONE
    assert read_once(app)["read"] == 0
    old = datetime.now(UTC) - timedelta(hours=1)
    place.deliver(mail("calendar_gmail", letters[0], meeting, stamp=old))
    told = read_once(app)
    assert (told["read"], told["answers"], told["kept"]) == (1, 1, 0)
