"""Two records are taken apart again: letters that their merge called back are written anew."""

from collections import defaultdict
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from coordinator.duplicates.journal import Journal
from coordinator.extensions import db
from coordinator.invitations import queries
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind
from coordinator.invitations.operations.composing import Target, write_letters
from coordinator.invitations.operations.receipts import Receipt, write_receipts
from coordinator.invitations.permissions import closed, names_closed
from coordinator.meetings.models import Meeting
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import WENT_OUT, OutboxLetter
from coordinator.outbox.queries import perhaps_arrived
from coordinator.registry.queries import Recipient

ANEW = (LetterKind.INVITATION, LetterKind.MOVED_UP, LetterKind.RECEIPT)


def write_anew(journal: Journal) -> None:
    """Write what the merge called back and what is still true, as everything stands now.

    The letters themselves stay called back: the meeting, the people or the answer may have
    changed since. Only one that a worker has in hand goes on, if nothing has: nobody gets it
    twice, nor not at all. Reminders come again by themselves.
    """
    every = _letters(journal.letters_called_back())
    going = outbox.let_go_on([one.letter for one in every if _is_as_written(one)])
    rows = [one for one in every if one.letter_id not in going]
    outbox.cancel([one.letter for one in rows])
    arrived = perhaps_arrived([one.letter_id for one in rows])
    found: dict[Meeting, list[InvitationLetter]] = defaultdict(list)
    for one in rows:
        if one.letter.state not in WENT_OUT and one.letter_id not in arrived:
            found[one.invitation.meeting].append(one)
    for meeting, lost in found.items():
        _write(meeting, lost)


def _write(meeting: Meeting, lost: Sequence[InvitationLetter]) -> None:
    for kind in (LetterKind.INVITATION, LetterKind.MOVED_UP):
        own = [one for one in lost if one.kind is kind and _is_true(one)]
        write_letters(kind, meeting, _targets(own))
    receipts = [
        (one.invitation, Receipt(person, one.link))
        for one in lost
        if one.kind is LetterKind.RECEIPT and _is_true(one) and (person := _reader(one))
    ]
    write_receipts(meeting, receipts, "u")


def _targets(lost: Sequence[InvitationLetter]) -> list[Target]:
    """Return who gets such a letter now, each once; whoever was asked by another one is."""
    asked = queries.holders(
        {one.invitation_id for one in lost if one.kind is LetterKind.INVITATION}
    )
    known = {(number, one.recipient.address) for number, some in asked.items() for one in some}
    found: dict[tuple[int, str], Target] = {}
    for one in lost:
        person = _reader(one)
        if person is not None and (place := (one.invitation_id, person.address)) not in known:
            target = Target(
                one.invitation, person, _more(one), one.handover_id, f"u{one.letter_id}"
            )
            found.setdefault(place, target)
    return list(found.values())


def _is_as_written(one: InvitationLetter) -> bool:
    """Would it be written today as it was?"""
    called_back_at, said = one.letter.called_back_at, one.invitation.answered_at
    if one.kind not in ANEW or called_back_at is None or not _is_true(one):
        return False
    if one.invitation.meeting.updated_at > called_back_at:
        return False
    if one.kind is not LetterKind.INVITATION and (said is None or said > one.created_at):
        return False
    return _reader(one) is not None


def _is_true(one: InvitationLetter) -> bool:
    """Is what the letter says still so, and for its reader?"""
    if one.link is not None and one.link.revoked_at is not None:
        return False
    invitation = one.invitation
    if one.kind is LetterKind.INVITATION:
        return closed(invitation.meeting) is None
    if one.kind is LetterKind.MOVED_UP:
        return invitation.is_coming and names_closed(invitation.meeting) is None
    return invitation.answered_at is not None and names_closed(invitation.meeting) is None


def _reader(one: InvitationLetter) -> Recipient | None:
    """Return the letter's recipient as they are reached today."""
    contact, organization = one.contact, one.invitation.organization
    if one.handed_by_id is not None:
        letter = one.letter
        return Recipient(letter.to_name, letter.to_address, letter.language, None)
    if contact is not None:
        name, address, language = contact.full_name, contact.email, contact.preferred_language
        is_theirs = contact.is_active and contact.organization_id == organization.id
        return Recipient(name, address, language, contact.id) if address and is_theirs else None
    own = organization.email
    return Recipient(organization.name, own, one.letter.language, None) if own else None


def _more(one: InvitationLetter) -> dict[str, int]:
    return {"people": one.invitation.people} if one.kind is LetterKind.MOVED_UP else {}


def _letters(letter_ids: Collection[int]) -> Sequence[InvitationLetter]:
    return db.session.scalars(
        sa.select(InvitationLetter)
        .join(InvitationLetter.letter)
        .where(OutboxLetter.id.in_(letter_ids))
        .options(
            contains_eager(InvitationLetter.letter),
            joinedload(InvitationLetter.link),
            joinedload(InvitationLetter.contact),
            joinedload(InvitationLetter.invitation).options(
                joinedload(Invitation.organization), joinedload(Invitation.meeting)
            ),
        )
        .order_by(InvitationLetter.id)
    ).all()
