"""A meeting moves while the receipt of an answer waits: whoever answered reads one true letter."""

import pytest
from flask import Flask
from icalendar import Calendar

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations.models import AnsweredVia, Invitation, LetterKind, RsvpAnswer
from coordinator.invitations.operations import Reply, Source, answer_invitation
from coordinator.invitations.operations.receipts import Receipt
from coordinator.meetings.signals import meeting_changed
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.queries import Recipient
from tests.browser import counted_statements
from tests.invitations.parts import deliver, invitation_of, invited, letters, move, organization

PEOPLE = {"tr": "2 kişi", "en": "2 people"}


def answer(invitation: Invitation, said: RsvpAnswer = RsvpAnswer.YES, people: int = 2) -> None:
    contact = invitation.organization.contacts[0]
    told = Recipient(contact.full_name, contact.email, contact.preferred_language, contact.id)
    answer_invitation(
        invitation=invitation,
        reply=Reply(said, people),
        source=Source(AnsweredVia.ACCOUNT, Receipt(told)),
        opened_version=invitation.version,
        actor=COMMAND,
    )
    db.session.commit()


def waiting() -> list[OutboxLetter]:
    db.session.expire_all()
    return [one for one in letters() if one.state is LetterState.QUEUED]


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_letter_of_the_change_tells_what_the_receipt_would(app: Flask, language: str) -> None:
    one = organization(preferred_language=language)
    meeting = invited(one)
    deliver()
    answer(invitation_of(meeting, one))
    move(meeting)
    (letter,) = waiting()
    assert letter.kind == LetterKind.CHANGE
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert event["DTSTART"].dt == clock.local(meeting.starts_at)
    for part in (letter.text, letter.html):
        assert PEOPLE[language] in part
    assert [one.state for one in letters(LetterKind.RECEIPT)] == [LetterState.CANCELLED]


@pytest.mark.parametrize("said", [RsvpAnswer.YES, RsvpAnswer.NO])
def test_who_gets_no_letter_of_the_change_gets_a_receipt_that_is_true(
    app: Flask, said: RsvpAnswer
) -> None:
    """They answered by their account, before the invitation went out."""
    one = organization()
    meeting = invited(one)
    answer(invitation_of(meeting, one), said)
    for number in (1, 2):
        move(meeting)
        told = {letter.kind: letter for letter in waiting()}
        assert set(told) == {LetterKind.INVITATION, LetterKind.RECEIPT}
        calendar = told[LetterKind.RECEIPT].calendar
        assert (f"SEQUENCE:{number}" in calendar) if said is RsvpAnswer.YES else calendar is None
        assert len(waiting()) == 2


def test_receipts_of_many_are_written_in_as_many_statements(app: Flask) -> None:
    counts = []
    for size in (2, 6):
        rows = [organization(f"Kuruluş {size} {number}") for number in range(size)]
        meeting = invited(*rows)
        for one in rows:
            answer(invitation_of(meeting, one))
        db.session.expire_all()
        meeting.calendar_sequence += 1
        db.session.commit()
        assert meeting.title
        with counted_statements() as seen:
            meeting_changed.send(meeting, changed=frozenset({"starts_at"}), actor=COMMAND)
            db.session.flush()
        counts.append(len(seen))
        db.session.commit()
        written = [one for one in letters(LetterKind.RECEIPT) if one.state is LetterState.QUEUED]
        assert len(written) == size
        deliver()
    assert counts[0] == counts[1]
