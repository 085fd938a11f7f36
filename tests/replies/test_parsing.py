"""What calendar programs send is understood; what nobody could understand is said to be so."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.replies.parsing import Unreadable, plain_uid, read_reply

GOOGLE = """BEGIN:VCALENDAR\r
PRODID:-//Google Inc//Google Calendar 70.9054//EN\r
VERSION:2.0\r
METHOD:REPLY\r
BEGIN:VEVENT\r
DTSTAMP:20261101T091512Z\r
ORGANIZER;CN=x:MAILTO:Yanit+abc@belediye.example\r
UID:abc@x\r
ATTENDEE;PARTSTAT=DECLINED;CN=Nermin;SENT-BY="mailto:ece@kurulus.example";X-NU\r
 M-GUESTS=2;X-RESPONSE-COMMENT="Bu hafta yokuz":mailto:Nermin@kurulus.example\r
SEQUENCE:3\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_all_that_counts_is_read() -> None:
    reply = read_reply(GOOGLE)
    assert (reply.method, reply.uid, reply.sequence) == ("REPLY", "abc@x", 3)
    assert reply.organizer == "yanit+abc@belediye.example"
    assert reply.stamp is not None
    assert reply.stamp.isoformat() == "2026-11-01T09:15:12+00:00"
    (person,) = reply.people
    assert (person.address, person.answer, person.name) == (
        "nermin@kurulus.example", "DECLINED", "Nermin",
    )  # fmt: skip
    assert (person.guests, reply.comment) == (2, "Bu hafta yokuz")


def test_broken_lines_cost_only_themselves() -> None:
    reply = read_reply(
        "\ufeffBEGIN:VCALENDAR\nBEGIN:VEVENT\nATTENDEE;PARTSTAT:x\nDTSTAMP:gestern\nSEQUENCE:x\n"
        "COMMENT:Geliyoruz\nATTENDEE;PARTSTAT=accepted:MAILTO:A@b.example\nEND:VEVENT\nEND:VCALENDAR"
    )
    assert (reply.method, reply.stamp, reply.sequence, reply.uid) == ("REPLY", None, None, "")
    assert [(one.address, one.answer) for one in reply.people] == [("a@b.example", "ACCEPTED")]
    assert reply.comment == "Geliyoruz"


def test_a_uid_that_exchange_packed_is_ours_again() -> None:
    head = bytes.fromhex("040000008200E00074C5B7101A82E008") + bytes(24)
    packed = (head + b"vCal-Uid\x01\x00\x00\x00abc@x\x00").hex().upper()
    assert plain_uid(packed) == "abc@x"
    assert plain_uid("040000008200E0zz") == "040000008200E0zz"
    assert plain_uid("abc@x") == "abc@x"
    hostile = (head + b"vCal-Uid\x01\x00\x00\x00ab\x00c\xff@x\x00").hex()
    assert "\x00" not in plain_uid(hostile)


@pytest.mark.parametrize(
    "text",
    ["", "x", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\nEND:VCALENDAR", GOOGLE[:200], "\x00" * 50,
     GOOGLE.replace("ATTENDEE", "X-NOBODY"), GOOGLE + "x" * 200_001],
)  # fmt: skip
def test_nothing_else_comes_out_of_a_bad_file(text: str) -> None:
    with pytest.raises(Unreadable):
        read_reply(text)


@given(st.integers(0, len(GOOGLE)), st.text(max_size=12), st.integers(0, 40))
def test_no_damage_makes_it_stumble(at: int, put: str, cut: int) -> None:
    with suppress(Unreadable):
        read_reply(GOOGLE[:at] + put + GOOGLE[at + cut :])
