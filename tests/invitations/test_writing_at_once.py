"""Letters of a meeting written while it is called off or moved: nobody is left with a false one."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import links
from coordinator.actors import COMMAND
from coordinator.desk.operations import prepare_text
from coordinator.extensions import db
from coordinator.invitations import operations, receivers
from coordinator.invitations.models import (
    Addressee,
    AnsweredVia,
    Invitation,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.operations import (
    AlreadySent,
    InvitationClosed,
    Reply,
    Source,
    addressing,
    answer_invitation,
    answering,
    composing,
    drop,
    end_link,
    hand_over,
    handing,
    prepare_paper,
    removing,
    sending,
)
from coordinator.invitations.operations.receipts import Receipt
from coordinator.meetings import operations as meetings
from coordinator.meetings.models import Meeting
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.models import Channel, Contact
from coordinator.registry.queries import Recipient
from coordinator.replies.operations import staff
from tests.factories import ContactFactory, MeetingFactory
from tests.invitations.parts import (
    deliver,
    invitation_of,
    invited,
    letters,
    move,
    organization,
)
from tests.meanwhile import Meanwhile, before


def answers(invitation: Invitation) -> None:
    answer_invitation(
        invitation=invitation,
        reply=Reply(RsvpAnswer.YES, 1),
        source=Source(AnsweredVia.LINK, giver(invitation)),
        opened_version=invitation.version,
        actor=COMMAND,
    )


def hands_over(invitation: Invitation) -> None:
    deputy = Recipient("Vekil", "vekil@x.example", "tr", None)
    hand_over(invitation=invitation, to=deputy, giver=giver(invitation), actor=COMMAND)


def sends_to_another(invitation: Invitation) -> None:
    other = sa.select(Contact).where(Contact.full_name == "Öteki")
    staff.send_to(invitation=invitation, contact=db.session.scalars(other).one(), actor=COMMAND)


def prepares_a_text(invitation: Invitation) -> None:
    prepare_text(invitation=invitation, contact=None, actor=COMMAND)


def giver(invitation: Invitation) -> Receipt:
    contact = invitation.organization.contacts[0]
    return Receipt(Recipient(contact.full_name, contact.email, "tr", contact.id))


WRITES = {
    answers: (answering, "send_receipt"),
    hands_over: (handing, "write_letters"),
    sends_to_another: (staff, "write_letters"),
}
"""Where each of them comes to write its letter."""


def calls_off(number: int) -> None:
    found = db.session.get_one(Meeting, number)
    meetings.cancel_meeting(found, reason="Salon kapandı.", actor=COMMAND)


def moves(number: int) -> None:
    move(db.session.get_one(Meeting, number))


def asked(app: Flask, **more: object) -> Invitation:
    """Return an invitation that was delivered, of an organisation with a further contact."""
    one = organization("Akasya")
    meeting = invited(one, **more)
    deliver()
    ContactFactory(organization=one, full_name="Öteki")
    db.session.commit()
    return invitation_of(meeting, one)


def waiting() -> list[OutboxLetter]:
    return [one for one in letters() if one.state is LetterState.QUEUED]


@pytest.mark.parametrize("deed", WRITES)
@pytest.mark.parametrize("change", [calls_off, moves])
def test_who_changes_the_meeting_sees_the_letter_that_is_written_now(
    app, monkeypatch, deed, change
):
    """No places are counted, and yet a change waits for the letter, and calls it back."""
    invitation = asked(app)
    number = invitation.meeting_id
    other = Meanwhile(app, lambda: change(number))
    before(monkeypatch, *WRITES[deed], other)
    deed(invitation)
    other.end()
    assert other.refusal is None
    kinds = {one.kind for one in waiting()}
    if change is calls_off:
        assert kinds <= {LetterKind.CANCELLATION}
    else:
        assert kinds
        calendars = [one.calendar for one in waiting() if one.calendar]
        assert all("SEQUENCE:1" in one for one in calendars), "only the new time is told"
    (answer,) = db.session.scalars(sa.select(Invitation.answer))
    assert answer is (RsvpAnswer.YES if deed is answers else RsvpAnswer.NONE)


@pytest.mark.parametrize("deed", [answers, hands_over, sends_to_another, prepares_a_text])
@pytest.mark.parametrize("capacity", [None, 20])
def test_who_waits_for_a_cancellation_is_told_of_it(app, monkeypatch, deed, capacity):
    """The other one has opened the page of a meeting that stands."""
    invitation = asked(app, capacity=capacity)
    number, meeting_id = invitation.id, invitation.meeting_id
    other = Meanwhile(app, lambda: deed(db.session.get_one(Invitation, number)))
    before(monkeypatch, receivers.operations, "tell_cancelled", other)
    calls_off(meeting_id)
    other.end()
    assert isinstance(other.refusal, InvitationClosed)
    assert {one.kind for one in waiting()} == {LetterKind.CANCELLATION}


def test_who_waits_for_a_move_writes_the_new_time_and_place(app, monkeypatch):
    invitation = asked(app)
    number, meeting = invitation.id, invitation.meeting
    other = Meanwhile(app, lambda: answers(db.session.get_one(Invitation, number)))
    before(monkeypatch, receivers.operations, "tell_changed", other)
    meeting.place = "Yeni Salon"
    moves(meeting.id)
    other.end()
    (receipt,) = letters(LetterKind.RECEIPT)
    assert "SEQUENCE:1" in receipt.calendar
    assert "Yeni Salon" in receipt.text


def test_two_who_send_to_the_same_contact_at_once_write_one_letter(app, monkeypatch):
    invitation = asked(app)
    number = invitation.id
    other = Meanwhile(app, lambda: sends_to_another(db.session.get_one(Invitation, number)))
    before(monkeypatch, composing, "_composed", other)
    sends_to_another(invitation)
    other.end()
    assert isinstance(other.refusal, staff.WrittenAlready)
    assert len(waiting()) == 1


def test_what_is_sent_now_is_not_dropped_from_the_list(app, monkeypatch):
    one = organization("Akasya")
    meeting = MeetingFactory()
    operations.choose(meeting=meeting, organizations=[one], actor=COMMAND)
    db.session.commit()
    number = invitation_of(meeting, one).id

    def drops() -> None:
        drop(invitation=db.session.get_one(Invitation, number), actor=COMMAND)

    other = Meanwhile(app, drops)
    before(monkeypatch, sending, "write_letters", other)
    operations.invite(meeting=meeting, organizations=[one], actor=COMMAND)
    other.end()
    assert isinstance(other.refusal, AlreadySent)
    assert len(waiting()) == 1


def test_paper_printed_twice_at_once_has_one_code(app, monkeypatch):
    invitation = asked(app)
    db.session.add(Addressee(invitation=invitation, contact=None, channel=Channel.BY_HAND))
    db.session.commit()

    def prints() -> dict[int, str]:
        rows = db.session.scalars(sa.select(Addressee)).all()
        return prepare_paper(addressees=rows, actor=COMMAND)

    other = Meanwhile(app, prints)
    before(monkeypatch, addressing.links, "issue", other)
    codes = prints()
    other.end()
    assert other.result == codes, "both sheets lead somewhere"
    (row,) = db.session.scalars(sa.select(Addressee))
    assert links.shorten(row.link) == codes[row.id]


def test_a_change_sees_that_a_link_ends_now(app, monkeypatch):
    """The letter that waits with the link is called back, and not written anew by the move."""
    one = organization("Akasya")
    invitation = invitation_of(invited(one), one)
    (letter,) = waiting()
    (link,) = letter.links.values()
    meeting_id = invitation.meeting_id
    other = Meanwhile(app, lambda: moves(meeting_id))
    before(monkeypatch, removing, "_letters", other)
    end_link(invitation=invitation, number=link, actor=COMMAND)
    other.end()
    assert waiting() == []
