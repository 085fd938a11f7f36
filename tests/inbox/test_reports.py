"""Delivery reports of every common server do what they say to the letter that they bring back."""

import re

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.inbox import operations
from coordinator.inbox.models import InboxMessage, MessageKind
from coordinator.outbox import addresses
from coordinator.outbox.models import HeldAddress, LetterState, OutboxLetter
from tests.inbox.mail import sample, sent

pytestmark = pytest.mark.usefixtures("patterns")

FAILED = {
    "postfix-failed": ("5.1.1", "User unknown in virtual mailbox table"),
    "exim-failed": ("5.1.1", "No such user here"),
    "exim-old-failed": ("5.0.0", "550 unknown user"),
    "sendmail-failed": ("5.1.1", "User unknown"),
    "qmail-failed": ("5.1.1", "Sorry, no mailbox here by that name."),
    "office365-failed": ("5.1.10", "RESOLVER.ADR.RecipientNotFound"),
    "gmail-failed": ("5.1.1", "The email account that you tried to reach does not exist."),
}
IN_PROSE = {
    "exim-old-full": ("5.2.2", "552 5.2.2 <{to}>: mailbox over quota", False),
    "exim-old-full-until-the-end": (
        "4.2.2", "452 4.2.2 <{to}>: mailbox full: retry timeout exceeded", False,
    ),
    "exim-old-rewritten": (
        "5.1.1",
        "550 5.1.1 <{to}>: Recipient address rejected: User unknown in virtual mailbox table",
        True,
    ),
    "exim-old-unrouteable": ("", "Unrouteable address", True),
    "exim-old-silent": ("5.0.0", "554 transaction failed", False),
    "sendmail-old-failed": ("5.1.1", "550 5.1.1 <{to}>... User unknown", True),
    "sendmail-old-transcript": ("5.1.1", "550 5.1.1 <{to}>... User unknown", True),
    "sendmail-old-spam": ("5.7.1", "554 5.7.1 <{to}>... Message rejected as spam", False),
}  # fmt: skip
"""What servers say in plain text: the code, their words, and whether the address is to blame."""
DELAYED = {
    "postfix-delayed": "Connection timed out",
    "exim-old-delayed": "mailbox is full",
    "sendmail-delayed": "4.4.1",
    "exchange-delayed": "Message delayed",
    "gmail-delayed": "did not accept our requests to connect",
}


def received(raw: bytes) -> InboxMessage:
    message = operations.receive(raw)
    db.session.commit()
    assert message is not None
    db.session.refresh(message)
    return message


def holds() -> list[str]:
    return sorted(db.session.scalars(db.select(HeldAddress.address)))


def test_a_failed_letter_comes_back_and_its_address_is_on_hold(app: Flask) -> None:
    for number, (name, (status, words)) in enumerate(FAILED.items(), start=1):
        letter = sent(number)
        message = received(sample(name, letter))
        assert (message.kind, message.outcome) == (MessageKind.BOUNCE, "bounced"), name
        assert message.letter_id == letter.id
        assert message.details["status"] == status, name
        assert message.details["address"] == letter.to_address
        assert words in message.details["words"], name
        db.session.refresh(letter)
        assert letter.state is LetterState.BOUNCED
        assert letter.bounced_at is not None
        assert words in (letter.reason or ""), name
        assert letter.to_address in holds()


def test_what_a_server_says_in_plain_text_is_the_reason(app: Flask) -> None:
    for number, (name, (status, words, holds_it)) in enumerate(IN_PROSE.items(), start=1):
        letter = sent(number)
        message = received(sample(name, letter))
        outcome = "bounced" if holds_it else "returned"
        assert (message.kind, message.outcome) == (MessageKind.BOUNCE, outcome), name
        assert message.details["status"] == status, name
        assert message.details["words"].endswith(words.format(to=letter.to_address)), name
        db.session.refresh(letter)
        assert (letter.reason or "").endswith(words.format(to=letter.to_address)), name
        assert (letter.to_address in holds()) is holds_it, name


def test_a_late_letter_stays_sent(app: Flask) -> None:
    for number, (name, words) in enumerate(DELAYED.items(), start=1):
        letter = sent(number)
        message = received(sample(name, letter))
        assert (message.kind, message.outcome) == (MessageKind.DELAYED, "delayed"), name
        db.session.refresh(letter)
        assert letter.state is LetterState.SENT
        assert letter.delayed_at is not None
        assert words in " ".join(try_.reason or "" for try_ in letter.tries), name
    assert holds() == []


def test_without_blame_the_address_is_not_held(app: Flask) -> None:
    for number, name in enumerate(("postfix-expired", "exchange-blocked"), start=1):
        letter = sent(number)
        message = received(sample(name, letter))
        assert (message.kind, message.outcome) == (MessageKind.BOUNCE, "returned"), name
        db.session.refresh(letter)
        assert letter.state is LetterState.BOUNCED
    delivered = received(sample("postfix-delivered", sent(3)))
    assert (delivered.kind, delivered.outcome) == (MessageKind.AUTOMATIC, "delivered")
    assert holds() == []


@pytest.mark.parametrize(
    ("status", "words", "outcome"),
    [
        ("5.2.2", "mailbox full", "returned"),
        ("5.0.0", "552 Requested mail action aborted: exceeded storage allocation", "returned"),
        ("5.2.1", "550 5.2.1 The account is over quota", "returned"),
        ("5.1.1", "550 5.1.1 user unknown; last seen over quota", "bounced"),
        ("5.2.1", "550 5.2.1 mailbox disabled", "bounced"),
        ("5.0.0", "550 user 1552 unknown", "bounced"),
    ],
)
def test_a_full_mailbox_is_not_put_on_hold(
    app: Flask, status: str, words: str, outcome: str
) -> None:
    letter = sent()
    raw = sample("postfix-failed", letter).decode()
    raw = re.sub(r"(?m)^Status: .*\r$", f"Status: {status}\r", raw)
    raw = re.sub(r"(?m)^(Diagnostic-Code: smtp; ).*\r\n( .*\r\n)*", rf"\g<1>{words}\r\n", raw)
    assert received(raw.encode()).outcome == outcome
    db.session.refresh(letter)
    assert letter.state is LetterState.BOUNCED
    assert bool(holds()) is (outcome == "bounced")


@pytest.mark.parametrize("name", ["postfix-failed", "qmail-failed", "gmail-failed"])
def test_a_report_is_matched_by_message_id_only_for_the_letters_own_recipient(
    app: Flask, name: str
) -> None:
    letter, other = sent(1), sent(2)
    foreign = sample(name, letter, bounce="paydas@belediye.example", to="baska@kurulus.example")
    message = received(foreign)
    assert (message.kind, message.outcome) == (MessageKind.UNMATCHED, "report_unknown")
    own = received(sample(name, letter, bounce="paydas@belediye.example"))
    assert (own.kind, own.letter_id) == (MessageKind.BOUNCE, letter.id)
    forwarded = received(sample(name, other, to="baska@kurulus.example"))
    assert (forwarded.kind, forwarded.letter_id) == (MessageKind.BOUNCE, other.id)
    assert holds() == [letter.to_address, other.to_address]


def test_a_forged_report_does_nothing(app: Flask) -> None:
    letter = sent()
    forged = f"iade+{letter.public_id}{'a' * 26}@belediye.example"
    for name in FAILED:
        raw = sample(name, letter, bounce=forged, message_id="<invented@belediye.example>")
        message = received(raw)
        assert (message.kind, message.outcome) == (MessageKind.UNMATCHED, "report_unknown"), name
        assert message.letter_id is None
    assert db.session.get_one(OutboxLetter, letter.id).state is LetterState.SENT
    assert holds() == []


def test_whoever_was_passed_the_letter_cannot_send_it_back(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They know the address where answers go and the Message-ID, not where letters come back to."""
    letter = sent()
    reply = addresses.reply_address(letter.public_id) or ""
    known = {"to": "baska@kurulus.example"}
    for raw in (
        sample("postfix-failed", letter, bounce=reply, **known),
        sample("postfix-failed", letter, bounce=reply, message_id="<invented@belediye.example>"),
        by_a_person(sample("postfix-failed", letter, bounce=reply)),
    ):
        message = received(raw)
        assert (message.kind, message.outcome) == (MessageKind.UNMATCHED, "report_unknown")
    assert holds() == []
    monkeypatch.setitem(app.config, "BOUNCE_ADDRESS", None)
    other = sent(2)
    nowhere = by_a_person(sample("postfix-failed", other, bounce="paydas@belediye.example"))
    assert received(nowhere).kind is MessageKind.BOUNCE, "there is nothing better than its name"


def by_a_person(raw: bytes) -> bytes:
    assert raw.startswith(b"Return-Path: <>\r\n")
    named = raw.replace(b"MAILER-DAEMON@mx.belediye", b"biri@baska", 1)
    return named.replace(b"Return-Path: <>", b"Return-Path: <biri@baska.example>", 1)


def test_the_same_failure_told_twice_is_no_news(app: Flask) -> None:
    letter = sent()
    first = received(sample("postfix-failed", letter))
    assert operations.receive(sample("postfix-failed", letter)) is None
    second = received(sample("gmail-failed", letter))
    assert (first.outcome, second.outcome) == ("bounced", "bounced_before")
    db.session.refresh(letter)
    assert len(letter.tries) == 1
