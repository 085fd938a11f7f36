"""Letters that are no longer true are called back, and written anew where they must be."""

import pytest
from icalendar import Calendar

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.models import LetterKind, RsvpAnswer
from coordinator.invitations.operations.moving_up import tell_moved_up
from coordinator.invitations.operations.receipts import Receipt
from coordinator.outbox import ledger
from coordinator.outbox import operations as outbox
from coordinator.outbox.ledger import Outcome
from coordinator.outbox.models import DeliveryAttempt, LetterState, Trouble
from coordinator.registry.queries import Recipient
from tests.invitations.parts import (
    cancel,
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    move,
    organization,
)


def outcomes(how: str) -> list[LetterState]:
    """Let the letter that a worker has in hand fail; return how all letters stand."""
    with ledger.opened() as book:
        if how == "killed":
            book.adopt_all()
        else:
            book.step((in_hand[0], Outcome(LetterState.DEFERRED, "451 later")), claim=False)
    in_hand.clear()
    db.session.rollback()
    return [one.state for one in letters(LetterKind.INVITATION)]


in_hand: list[ledger.Claimed] = []


def claim() -> None:
    with ledger.opened() as book:
        claimed = book.step()
    assert claimed is not None
    in_hand.append(claimed)
    db.session.rollback()


@pytest.mark.parametrize("how", ["451", "killed"])
def test_a_letter_in_hand_has_its_last_try_when_it_is_called_back(app, how):
    one = organization()
    meeting = invited(one)
    claim()
    cancel(meeting)
    assert outcomes(how) == [LetterState.CANCELLED]
    (invitation,) = letters(LetterKind.INVITATION)
    assert (invitation.next_try_at, invitation.reason) == (None, Trouble.CALLED_BACK)
    assert len(letters(LetterKind.CANCELLATION)) == 1, "it might have arrived"
    other = invited(organization("Urla Mor Zeytin"))
    deliver()
    claimed = letters(LetterKind.INVITATION)[-1]
    claimed.state = LetterState.QUEUED
    claimed.next_try_at = clock.now()
    db.session.commit()
    claim()
    move(other)
    assert outcomes(how) == [LetterState.CANCELLED] * 2
    (told,) = letters(LetterKind.CHANGE)
    deliver()
    move(other)
    assert [one.to_address for one in letters(LetterKind.CHANGE)] == [told.to_address] * 2


def test_a_try_that_broke_off_may_have_arrived(app):
    cut, refused = organization(), organization("Urla Mor Zeytin")
    meeting = invited(cut, refused)
    for one, reason in ((cut, Trouble.CUT.because("closed")), (refused, "451 later")):
        letter = letter_to(one.contacts[0])
        letter.state = LetterState.DEFERRED
        letter.tries = [DeliveryAttempt(outcome=LetterState.DEFERRED, reason=reason, is_try=True)]
    db.session.commit()
    cancel(meeting)
    assert [one.to_address for one in letters(LetterKind.CANCELLATION)] == [cut.contacts[0].email]


def test_letters_of_every_kind_are_called_back_and_written_anew_where_they_must_be(app):
    one = organization()
    meeting = invited(one)
    deliver()
    invitation, person = invitation_of(meeting, one), one.contacts[0]
    invitation.answer, invitation.people = RsvpAnswer.YES, 2
    tell_moved_up(meeting, [invitation])
    db.session.commit()
    move(meeting)
    old, new = letters(LetterKind.MOVED_UP)
    assert (old.state, new.state) == (LetterState.CANCELLED, LetterState.QUEUED)
    assert new.to_address == person.email
    assert "2 kişi" in new.text
    (event,) = Calendar.from_ical(new.calendar).walk("VEVENT")
    assert event["DTSTART"].dt == clock.local(meeting.starts_at)
    cancel(meeting)
    assert {one.state for one in letters() if one.kind in ("moved_up", "change")} == {
        LetterState.CANCELLED
    }


def test_a_handover_that_waits_is_written_anew_as_one(app):
    one = organization()
    meeting = invited(one)
    deliver()
    invitation, giver = invitation_of(meeting, one), one.contacts[0]
    operations.hand_over(
        invitation=invitation,
        to=Recipient("Hale Ay", "hale@k.example", "tr", None),
        giver=Receipt(Recipient(giver.full_name, giver.email, "tr", giver.id)),
        actor=COMMAND,
    )
    db.session.commit()
    move(meeting)
    old, new = letters(LetterKind.HANDOVER)
    assert (old.state, new.state) == (LetterState.CANCELLED, LetterState.QUEUED)
    assert giver.full_name in new.text
    assert [one.to_address for one in letters(LetterKind.CHANGE)] == [giver.email]


def test_what_is_no_longer_true_is_not_sent_again(app):
    one = organization()
    meeting = invited(one)
    letter_to(one.contacts[0]).state = LetterState.FAILED
    db.session.commit()
    move(meeting)
    old, new = letters(LetterKind.INVITATION)
    assert (old.state, new.state) == (LetterState.FAILED, LetterState.QUEUED)
    assert old.to_address == new.to_address
    cancel(meeting)
    for letter in letters(LetterKind.INVITATION):
        with pytest.raises(outbox.LetterCalledBack):
            outbox.resend(letter, COMMAND)
    for state in (LetterState.FAILED, LetterState.CANCELLED):
        assert outbox.resend_all(COMMAND, state) == 0


def test_a_letter_whose_link_was_ended_is_not_sent_again(app):
    one = organization()
    meeting = invited(one)
    letter = letter_to(one.contacts[0])
    letter.state = LetterState.FAILED
    db.session.commit()
    (link,) = letter.links.values()
    operations.end_link(invitation=invitation_of(meeting, one), number=link, actor=COMMAND)
    with pytest.raises(outbox.LetterCalledBack):
        outbox.resend(letter, COMMAND)
