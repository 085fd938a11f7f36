"""Mail that came to the invented city: what a reader of the mailbox would have found there."""

from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from coordinator import clock
from coordinator.actors import Actor
from coordinator.demo import story
from coordinator.extensions import db
from coordinator.inbox import operations as inbox
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind, RsvpAnswer
from coordinator.letter_texts import kinds
from coordinator.letter_texts import operations as letter_texts
from coordinator.letter_texts import queries as words
from coordinator.meetings.calendar import uid
from coordinator.meetings.models import Meeting
from coordinator.outbox.addresses import bounce_address, reply_address
from coordinator.outbox.models import LetterState, OutboxLetter

REPORT = Path(__file__).parent / "data" / "report.eml"
HERE = "posta.belediye.example"
FIRST_FREE = 1
"""The first silent invitation stays as it is: its link is the one to try."""


def let_mail_arrive(meeting: Meeting) -> None:
    """Let two letters come back, one wait on its way, and people and programs write."""
    letters = _letters(meeting)[FIRST_FREE:]
    if len(letters) < 6:
        return
    one, other, slow, away, writer, accepts = letters[:6]
    for letter in letters[:6]:
        letter.state, letter.sent_at, letter.next_try_at = LetterState.SENT, clock.now(), None
        letter.attempts = 1
    db.session.flush()
    inbox.receive(_report(one, "failed", "5.1.1", "550 5.1.1 User unknown"))
    inbox.receive(_report(other, "failed", "5.1.1", "550 5.1.1 Mailbox does not exist"))
    inbox.receive(_report(slow, "delayed", "4.4.1", "Connection timed out"))
    absent = _reply(away, "Otomatik yanıt: izindeyim", "Pazartesi günü döneceğim.")
    absent["Auto-Submitted"] = "auto-replied"
    inbox.receive(absent.as_bytes())
    wrote = "Merhaba, iki kişi geleceğiz. Adlarımızı sonra bildireceğiz."
    inbox.receive(_reply(writer, "Ynt: toplantı daveti", wrote).as_bytes())
    inbox.receive(_accepted(accepts, meeting).as_bytes())
    inbox.receive(_stranger().as_bytes())


def edit_a_letter(actor: Actor) -> None:
    """Let the reminder say one sentence more than the shipped one."""
    kind = kinds.find(LetterKind.REMINDER.value)
    if kind is None:
        return
    shipped = words.current(kind, "tr")
    more = f"{shipped.body}\n\nGelemeyecekseniz onu da bildirin, yeriniz başkasına açılır."
    letter_texts.change(kind=kind, language="tr", words=replace(shipped, body=more), actor=actor)


def _letters(meeting: Meeting) -> Sequence[OutboxLetter]:
    """Return one letter of each silent invitation, in the order in which they were written."""
    rows = db.session.scalars(
        sa.select(InvitationLetter)
        .join(InvitationLetter.invitation)
        .join(InvitationLetter.letter)
        .where(
            Invitation.meeting_id == meeting.id,
            Invitation.answer == RsvpAnswer.NONE,
            InvitationLetter.kind == LetterKind.INVITATION,
        )
        .options(contains_eager(InvitationLetter.letter))
        .order_by(InvitationLetter.id)
    )
    return list({row.invitation_id: row.letter for row in rows}.values())


def _report(letter: OutboxLetter, action: str, status: str, words: str) -> bytes:
    text = REPORT.read_text(encoding="utf-8").format(
        to=letter.to_address,
        back=bounce_address(letter.public_id) or story.INSTITUTION["email"],
        message_id=letter.message_id,
        own_id=make_msgid(domain=HERE),
        date=format_datetime(clock.now()),
        here=HERE,
        action=action,
        status=status,
        words=words,
    )
    return text.encode()


def _reply(letter: OutboxLetter, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"{letter.to_name} <{letter.to_address}>"
    message["To"] = reply_address(letter.public_id) or story.INSTITUTION["email"]
    message["Subject"] = subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=letter.to_address.partition("@")[2])
    message["In-Reply-To"] = letter.message_id
    message.set_content(text)
    return message


def _accepted(letter: OutboxLetter, meeting: Meeting) -> EmailMessage:
    """Return what a calendar program sends when somebody presses "Accept"."""
    message = _reply(letter, f"Kabul edildi: {meeting.title}", "")
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Example//Calendar//TR",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{uid(meeting)}",
        f"SEQUENCE:{meeting.calendar_sequence}",
        f"DTSTAMP:{clock.now():%Y%m%dT%H%M%SZ}",
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{letter.to_address}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    calendar = "\r\n".join(lines) + "\r\n"
    message.add_alternative(calendar, subtype="calendar", params={"method": "REPLY"})
    return message


def _stranger() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Nazlı Er <nazli@mahalle.example>"
    message["To"] = story.INSTITUTION["email"]
    message["Subject"] = "Toplantıya biz de gelebilir miyiz?"
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain="mahalle.example")
    message.set_content("Merhaba, komşu dernekten duyduk. Biz de katılmak istiyoruz.")
    return message
