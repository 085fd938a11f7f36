"""Real messages of calendar programs and people, made out to one letter of a test."""

import base64
import quopri
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from coordinator.inbox import operations as inbox
from coordinator.inbox.models import InboxMessage
from coordinator.meetings import calendar
from coordinator.meetings.models import Meeting
from coordinator.outbox.addresses import reply_address
from coordinator.outbox.models import OutboxLetter

SAMPLES = Path(__file__).parents[1] / "inbox" / "samples"
REPLY_ADDRESS = "yanit+{}@belediye.example"
PROGRAMS = ("outlook", "outlook_desktop", "gmail", "apple", "thunderbird")


def mail(
    name: str,
    letter: OutboxLetter,
    meeting: Meeting,
    *,
    sender: str | None = None,
    to: str | None = None,
    stamp: datetime | None = None,
    sequence: int | None = None,
    **more: str,
) -> bytes:
    """Return the sample `name` as it would answer that letter; `more` changes its words."""
    own = reply_address(letter.public_id)
    assert own is not None
    number = meeting.calendar_sequence if sequence is None else sequence
    words = {
        "yanit+replypart@belediye.example": own,
        "nermin@kurulus.example": sender or letter.to_address,
        "meetingid@127.0.0.1": calendar.uid(meeting),
        "inviteid@127.0.0.1": letter.message_id.strip("<>"),
        "DTSTAMP:20261101T091500Z": f"DTSTAMP:{_moment(stamp)}",
        "\r\nSEQUENCE:0": f"\r\nSEQUENCE:{number}",
        **more,
    }
    message = message_from_bytes((SAMPLES / f"{name}.eml").read_bytes())
    for part in message.walk():
        _make_out(part, words)
    if to is not None:
        message.replace_header("To", to)
    return message.as_bytes()


def arrives(raw: bytes) -> InboxMessage:
    """Take the message in, as the reader of the mailbox does."""
    message = inbox.receive(raw)
    assert message is not None, "this very message was read before"
    return message


def _moment(stamp: datetime | None) -> str:
    return (stamp or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _make_out(part: Message, words: dict[str, str]) -> None:
    for name, value in part.items():
        part.replace_header(name, _with(str(value), words))
    if part.is_multipart():
        return
    encoding = str(part.get("Content-Transfer-Encoding") or "7bit").lower()
    charset = part.get_content_charset() or "utf-8"
    unfolded = part.get_payload(decode=True).decode(charset).replace("\r\n ", "")
    data = _with(unfolded.replace("\r\n", "\n").replace("\n", "\r\n"), words).encode(charset)
    if encoding == "base64":
        part.set_payload(base64.encodebytes(data).decode())
    elif encoding == "quoted-printable":
        part.set_payload(quopri.encodestring(data).decode())
    else:
        part.set_payload(data.decode("ascii", "surrogateescape"))


def _with(text: str, words: dict[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text
