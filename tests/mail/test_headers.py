"""Odd addresses reach one mailbox or none; what staff type changes no header and no property."""

import re
from email import message_from_bytes

import pytest
from icalendar import Calendar

from coordinator import reachability
from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.invitations.emails import Envelope, Writer
from coordinator.invitations.models import LetterKind
from coordinator.meetings import calendar
from coordinator.outbox import operations
from coordinator.outbox.delivery import drain
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.queries import Recipient
from coordinator.wording import Unkeepable
from tests.factories import MeetingFactory
from tests.outbox.letters import letter
from tests.smtp import SmtpServer

ADDRESSES = [
    "a@kurulus.example, b@kotu.example", "a@kurulus.example; b@kotu.example",
    "a@kurulus.example b@kotu.example", "a@kurulus.example\r\nBcc: b@kotu.example",
    "a@kurulus.example\n.\nMAIL FROM:<x@kotu.example>", "<a@kurulus.example>,<b@kotu.example>",
    '"a@kotu.example"@kurulus.example', '"a b"@kurulus.example', "a(yorum)@kurulus.example",
    "a@kurulus.example(yorum)", "Ad <a@kurulus.example>", "<a@kurulus.example>",
    "a@[127.0.0.1]", "a@[IPv6:::1]", "a@kurulus.example.", "a@kurulus..example",
    ".a@kurulus.example",
    "a.@kurulus.example", "a@@kurulus.example", "ａ@kurulus.example", "a@kurulus。example",
    "a@ｋurulus.example", "ayşe@kurulus.example", "a@kuruluş.example", "a@xn--kurulu-n9a.example",
    "a%40kotu.example@kurulus.example", "@kotu.example:a@kurulus.example", "a@kurulus.example\0",
    "a\u202e@kurulus.example", "a@-kurulus.example", f"{'a' * 65}@kurulus.example",
    f"a@{'b' * 64}.example", "kotu!a@kurulus.example", "mailto:a@kurulus.example",
]  # fmt: skip
TYPED = [
    "Ad\rBcc: kotu@kotu.example", "Ad\nBcc: kotu@kotu.example", "Ad\r\n\r\ngövde",
    "Ad%0d%0aBcc: x", "Ad\u2028Bcc: x", "Ad\x85Bcc: x", "Ad\0Bcc: x", "=?utf-8?b?QmNjOiB4?=",
    "Ad\x0bBcc: x\x0cX: y", "ş" * 10000, "a" * 10000, "Ad\r\n END:VEVENT\r\nBEGIN:VEVENT",
    "Ad;X=1:mailto:x", 'Ad";CN="x', "Ad\\nEND:VCALENDAR", "👩‍👧‍👦" * 300, "\r", "Ad\\", "a,b;c:d",
]  # fmt: skip


def test_an_odd_address_is_refused_or_reaches_one_mailbox(app, smtp_server: SmtpServer) -> None:
    kept = []
    for typed in ADDRESSES:
        try:
            kept.append(reachability.email(typed))
        except (ValueError, Unkeepable):
            continue
    assert not [one for one in kept if "kotu.example" in one.rpartition("@")[2]]
    for one in [*kept, *ADDRESSES]:
        operations.queue(letter(to_address=one[:254].replace("\0", "")))
    db.session.commit()
    drain()
    for got in smtp_server.received:
        assert got.recipient.count("@") == 1, got.recipient
        assert not got.recipient.endswith("@kotu.example"), got.recipient
    states = {row.state for row in db.session.query(OutboxLetter)}
    assert states <= {LetterState.SENT, LetterState.FAILED}


def test_what_is_typed_changes_no_header(app, smtp_server: SmtpServer) -> None:
    for typed in TYPED:
        meeting = MeetingFactory(title=typed.replace("\0", "")[:200])
        to = Recipient(typed.replace("\0", "")[:200], "okur@kurulus.example", "tr", None)
        writer = Writer(meeting, institution.current())
        operations.queue(writer.write(LetterKind.INVITATION, Envelope(to, "Dernek", "x")))
    operations.queue(letter(9))
    db.session.commit()
    drain()
    assert len(smtp_server.received) == len(TYPED) + 1, "a bad letter holds nobody up"
    names = {tuple(sorted(message_from_bytes(one.raw).keys())) for one in smtp_server.received}
    assert len(names) == 1
    for one in smtp_server.received[:-1]:
        assert one.recipient == "okur@kurulus.example"
        assert all(len(line) <= 998 for line in one.raw.split(b"\r\n"))


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_adds_no_property(app, typed: str) -> None:
    typed = typed.replace("\0", "")
    meeting = MeetingFactory(title=typed[:200], place=typed[:200], purpose=typed)
    for method in ("REQUEST", "CANCEL", "PUBLISH"):
        file = calendar.event(
            meeting, organizer=(typed, "stk@belediye.example"), method=method,
            attendee=(typed, "okur@kurulus.example"), url=f"https://belediye.example/{typed[:99]}",
        )  # fmt: skip
        assert not re.search(r"\r(?!\n)|(?<!\r)\n", file)
        assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
        read = Calendar.from_ical(file)
        (event,) = read.walk("VEVENT")
        assert [part.name for part in read.subcomponents] == ["VTIMEZONE", "VEVENT"]
        allowed = {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION",
                   "DESCRIPTION", "STATUS", "URL", "ORGANIZER", "ATTENDEE"}  # fmt: skip
        assert set(event) <= allowed
        assert not event.subcomponents
        assert event["UID"] == calendar.uid(meeting)
    db.session.rollback()
