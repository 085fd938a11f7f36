"""Two records that were both invited: what is called back, what goes on, and what comes back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import operations, queries
from coordinator.invitations.models import AnsweredVia, Invitation, LetterKind, RsvpAnswer
from coordinator.invitations.operations import Reply, Source, answer_invitation, end_link
from coordinator.invitations.operations.composing import Target, write_letters
from coordinator.invitations.operations.receipts import Receipt
from coordinator.meetings import operations as meetings
from coordinator.meetings.models import Meeting
from coordinator.outbox import ledger
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.models import Contact, Organization
from coordinator.registry.queries import Recipient, recipients
from tests.duplicates.parts import everything, merge, unmerge
from tests.factories import OrganizationFactory
from tests.invitations.parts import (
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    move,
    organization,
)

YES, NO, WAITING = RsvpAnswer.YES, RsvpAnswer.NO, RsvpAnswer.WAITING


def answer(
    invitation: Invitation, said: RsvpAnswer, people: int = 1, *, receipt: bool = False
) -> None:
    contact = invitation.organization.contacts[0]
    told = Receipt(Recipient(contact.full_name, contact.email, "tr", contact.id))
    answer_invitation(
        invitation=invitation,
        reply=Reply(said, people),
        source=Source(AnsweredVia.CALENDAR, told) if receipt else Source(AnsweredVia.PHONE),
        opened_version=invitation.version,
        actor=COMMAND,
    )
    db.session.commit()


def waiting_for(one: Organization) -> list[OutboxLetter]:
    """Return the letters that wait for the organisation's contact."""
    db.session.expire_all()
    address = one.contacts[0].email
    return [
        letter
        for letter in letters()
        if letter.to_address == address and letter.state is LetterState.QUEUED
    ]


@pytest.fixture
def pair(app: Flask) -> tuple[Organization, Organization]:
    return organization("Akasya"), organization("Begonya")


def test_what_was_called_back_is_not_sent_again_and_is_written_anew(pair):
    kept, other = pair
    meeting = invited(kept, other)
    theirs = other.contacts[0]
    old = letter_to(theirs)
    before = everything()
    made = merge(kept, other)
    assert (old.state, old.reason) == (LetterState.CANCELLED, "called_back")
    with pytest.raises(outbox.LetterCalledBack):
        outbox.resend(old, COMMAND)
    unmerge(made)
    after = everything()
    assert old.state is LetterState.CANCELLED
    (new,) = waiting_for(other)
    assert new.kind == LetterKind.INVITATION
    assert [len(waiting_for(one)) for one in pair] == [1, 1]
    grown = {"letter", "invitation_letter", "personal_link"}
    assert {name for name in before if before[name] != after[name]} == grown
    assert operations.mend(meeting=meeting) == 0
    again = merge(kept, other)
    unmerge(again)
    (newest,) = waiting_for(other)
    assert newest.id != new.id


@pytest.mark.parametrize("meanwhile", ["nothing", "moved"])
def test_a_letter_in_a_workers_hand_goes_on_if_it_is_still_true(pair, meanwhile):
    kept, other = pair
    meeting = invited(kept, other)
    mine = letter_to(other.contacts[0])
    mine.state, mine.attempts = LetterState.SENDING, 1
    db.session.commit()
    made = merge(kept, other)
    if meanwhile == "moved":
        move(meeting)
    unmerge(made)
    db.session.refresh(mine)
    goes_on = meanwhile == "nothing"
    assert (mine.state, mine.called_back_at is None) == (LetterState.SENDING, goes_on)
    db.session.rollback()
    with ledger.opened() as book:
        book.adopt_all()
    db.session.rollback()
    assert mine.state is (LetterState.DEFERRED if goes_on else LetterState.CANCELLED)
    told = [one.kind for one in letters() if one.to_address == mine.to_address]
    assert told == (["invitation", "change"] if meanwhile == "moved" else ["invitation"])


def test_nobody_is_asked_by_two_letters_after_the_merge_is_taken_back(pair):
    kept, other = pair
    meeting = invited(kept, other)
    person = other.contacts[0]
    failed = letter_to(person)
    failed.state = LetterState.FAILED
    person.email = "yeni@k.example"
    db.session.commit()
    again = [Target(invitation_of(meeting, other), recipients([other.id])[other.id][0])]
    write_letters(LetterKind.INVITATION, meeting, again)
    deliver()
    unmerge(merge(kept, other))
    assert failed.called_back_at is not None
    assert waiting_for(other) == []
    for one in letters():
        if one.to_address == person.email:
            one.state = LetterState.FAILED
    failed.called_back_at = None
    db.session.commit()
    unmerge(merge(kept, other))
    assert len(waiting_for(other)) == 1


def test_a_letter_that_came_true_anew_says_how_the_meeting_stands_now(pair):
    kept, other = pair
    meeting = invited(kept, other)
    made = merge(kept, other)
    move(meeting)
    unmerge(made)
    (new,) = waiting_for(other)
    assert f"SEQUENCE:{meeting.calendar_sequence}" in new.calendar
    assert other.name in new.text


def cancelled(meeting: Meeting, _other: Organization) -> None:
    meetings.cancel_meeting(meeting, reason="Salon kapandı.", actor=COMMAND)


def too_late(meeting: Meeting, _other: Organization) -> None:
    meeting.rsvp_deadline = clock.today() - timedelta(days=1)


def link_ended(meeting: Meeting, _other: Organization) -> None:
    (number,) = called_back().links.values()
    (goes_on,) = queries.of_meeting(meeting.id)
    end_link(invitation=goes_on, number=number, actor=COMMAND)


def person_left(_meeting: Meeting, _other: Organization) -> None:
    address = called_back().to_address
    contact = db.session.scalars(sa.select(Contact).where(Contact.email == address)).one()
    contact.active_until = clock.today() - timedelta(days=1)


def called_back() -> OutboxLetter:
    return next(one for one in letters() if one.called_back_at is not None)


@pytest.mark.parametrize("meanwhile", [cancelled, too_late, link_ended, person_left])
def test_what_is_true_no_more_is_not_written(pair, meanwhile):
    kept, other = pair
    meeting = invited(kept, other)
    made = merge(kept, other)
    meanwhile(meeting, other)
    db.session.commit()
    unmerge(made)
    asking = [one for one in letters(LetterKind.INVITATION) if one.state is LetterState.QUEUED]
    assert {one.to_address for one in asking} <= {kept.contacts[0].email}
    with pytest.raises(outbox.LetterCalledBack):
        outbox.resend(called_back(), COMMAND)


def test_news_of_the_meeting_goes_out_and_an_only_letter_as_well(pair):
    kept, other = pair
    meeting = invited(kept, other)
    deliver()
    move(meeting)
    merge(kept, other)
    assert {one.state for one in letters(LetterKind.CHANGE)} == {LetterState.QUEUED}
    mute, reached = OrganizationFactory(name="Sessiz", email=""), organization("Sesli")
    invited(mute, reached)
    merge(mute, reached)
    assert letters(LetterKind.INVITATION)[-1].state is LetterState.QUEUED


def test_a_receipt_of_an_answer_that_stands_again_is_written_anew(pair):
    kept, other = pair
    meeting = invited(kept, other)
    deliver()
    answer(invitation_of(meeting, kept), YES, 2)
    answer(invitation_of(meeting, other), NO, receipt=True)
    made = merge(kept, other)
    (old,) = letters(LetterKind.RECEIPT)
    assert old.state is LetterState.CANCELLED
    unmerge(made)
    (new,) = waiting_for(other)
    assert (new.kind, new.subject) == (old.kind, old.subject)
    assert "Begonya: Katılamayacaksınız" in new.text


def test_one_came_by_calendar_the_other_waits(app):
    kept, other, third, last = (organization(name) for name in ("Ada", "Bada", "Cemre", "Defne"))
    meeting = invited(kept, other, third, last, capacity=3)
    deliver()
    answer(invitation_of(meeting, other), YES, 2, receipt=True)
    answer(invitation_of(meeting, kept), YES, 2)
    answer(invitation_of(meeting, third), YES, 1)
    answer(invitation_of(meeting, last), YES, 1)
    states = [invitation_of(meeting, one).answer for one in (kept, other, third, last)]
    assert states == [WAITING, YES, WAITING, WAITING]
    made = merge(kept, other)
    goes_on = invitation_of(meeting, kept)
    assert (goes_on.answer, goes_on.people, goes_on.answered_via) == (
        YES, 2, AnsweredVia.CALENDAR,
    )  # fmt: skip
    assert queries.taken_seats(meeting) == 3
    assert invitation_of(meeting, third).answer is YES, "who stood before them is gone"
    assert queries.place_in_queue(invitation_of(meeting, last)) == 1
    unmerge(made)
    assert [invitation_of(meeting, one).answer for one in (kept, other, third, last)] == [
        WAITING, YES, YES, WAITING,
    ]  # fmt: skip
    assert queries.taken_seats(meeting) == 3


def test_of_two_places_in_the_queue_the_better_one_goes_on(app):
    full, first, kept = (organization(name) for name in ("Dolu", "Ada", "Bada"))
    meeting = invited(full, first, kept, capacity=1)
    for one in (full, first, kept):
        answer(invitation_of(meeting, one), YES)
    merge(kept, first)
    assert invitation_of(meeting, kept).waiting_no == 1
    silent = organization("Cemre")
    operations.invite(meeting=meeting, organizations=[silent], actor=COMMAND)
    answer(invitation_of(meeting, silent), NO)
    merge(silent, kept)
    assert invitation_of(meeting, silent).answer is WAITING, "who wants to come outweighs a no"


def test_who_waits_again_gets_a_place_that_became_free(app):
    full, kept, other = (organization(name) for name in ("Dolu", "Ada", "Bada"))
    meeting = invited(full, kept, other, capacity=2)
    for one, people in ((full, 2), (other, 1)):
        answer(invitation_of(meeting, one), YES, people)
    made = merge(kept, other)
    answer(invitation_of(meeting, full), NO)
    assert invitation_of(meeting, kept).answer is YES
    unmerge(made)
    assert [invitation_of(meeting, one).answer for one in (kept, other)] == [RsvpAnswer.NONE, YES]
    assert queries.taken_seats(meeting) == 1


def test_a_wish_that_stays_with_the_merged_record_keeps_no_place_from_others(app):
    kept, other, full, late = (organization(name) for name in ("Ada", "Bada", "Cemre", "Defne"))
    meeting = invited(kept, other, full, late, capacity=3)
    for one, people in ((other, 1), (full, 2), (kept, 1)):
        answer(invitation_of(meeting, one), YES, people)
    merge(kept, other)
    answer(invitation_of(meeting, full), NO)
    answer(invitation_of(meeting, late), YES, 2)
    assert invitation_of(meeting, late).answer is YES
    assert queries.taken_seats(meeting) == 3
