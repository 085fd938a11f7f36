"""Whom each letter of a meeting has reached, and who of them is to read how it stands now."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from flask_babel import force_locale

from coordinator.invitations import queries
from coordinator.invitations.models import (
    WANTING,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.operations.composing import Target
from coordinator.invitations.queries.addressees import reached
from coordinator.invitations.summary import GIVEN
from coordinator.meetings.models import Meeting
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import WENT_OUT, LetterState, OutboxLetter
from coordinator.outbox.queries import perhaps_arrived
from coordinator.registry.queries import Recipient, recipients
from coordinator.wording import one_line

ASKING = (LetterKind.INVITATION, LetterKind.HANDOVER)
TELLING = (*ASKING, LetterKind.CHANGE)
EXPECTED = (*WANTING, RsvpAnswer.MAYBE)
"""Who may be there, by whatever way they said so."""


class Readers:
    """The letters of a meeting's invitations: what waited is called back, the rest went out.

    What may have gone out counts as gone: a letter in a worker's hand, and one of which a try
    broke off before the mail server answered. `foresee` only looks who would read what.
    """

    def __init__(self, meeting: Meeting, *, foresee: bool = False) -> None:
        found = queries.of_meeting(meeting.id)
        self.invitations = [one for one in found if one.invited_at is not None]
        ids = [one.id for one in self.invitations]
        self.holders = queries.holders(ids)
        self.ended = queries.ended_links(meeting.id)
        self.letters: dict[int, list[InvitationLetter]] = defaultdict(list)
        for one in queries.letters_of(meeting.id):
            if one.kind is not LetterKind.CANCELLATION:
                self.letters[one.invitation_id].append(one)
        every = [one for some in self.letters.values() for one in some]
        letters = [one.letter for one in every]
        called = _would_be_called(letters) if foresee else outbox.cancel(letters)
        perhaps = perhaps_arrived(called)
        gone = [one for one in every if one.letter.state in WENT_OUT or one.letter_id in perhaps]
        self.out = {_place(one): one for one in gone}
        self.back = called - {one.letter_id for one in gone}
        ways = reached(self.invitations)
        usual = recipients([one.organization_id for one in self.invitations])
        self.now = {
            one.id: ways[one.id].letters or usual[one.organization_id] for one in self.invitations
        }
        """Whom a letter to each of them would go to today."""

    def former(self) -> list[Target]:
        """Return everybody whose letter went out, whether it is still theirs or not."""
        return [_target(one) for one in self.out.values()]

    def of(self, invitation: Invitation) -> dict[str, tuple[LetterKind, Target]]:
        """Return who of an organisation is to hear how the meeting stands, by which letter.

        An invitation that never went out is written anew. Where nobody is left whose letter it
        is, those who are written to today take their place.
        """
        found: dict[str, tuple[LetterKind, Target]] = {}
        for one in self.letters[invitation.id]:
            if one.kind in TELLING and (person := self._reader(one)):
                kind = self._kind(one, person)
                if kind is not None:
                    found[person.address.lower()] = kind, self._asked_anew(kind, one, person)
        if not found and (kind := self._kind_for_all(invitation)):
            for person in self.now[invitation.id]:
                target = Target(invitation, person, said(invitation, person.language))
                found[person.address.lower()] = kind, target
        return found

    def moved_up(self, invitation: Invitation) -> Iterator[Target]:
        """Give the recipients of letters of a place that became free which did not go out."""
        current = {one.address for one in self.now[invitation.id]}
        current |= {one.recipient.address for one in self.holders[invitation.id]}
        for one in self.letters[invitation.id]:
            waited = one.kind is LetterKind.MOVED_UP and one.letter_id in self.back
            if waited and invitation.is_coming and one.letter.to_address in current:
                yield replace(_target(one), more={"people": invitation.people})

    def receipts(self, invitation: Invitation) -> Iterator[tuple[InvitationLetter, Recipient]]:
        """Give the receipts that were called back, each with whom it was for."""
        for one in self.letters[invitation.id]:
            is_lost = one.kind is LetterKind.RECEIPT and one.letter_id in self.back
            if is_lost and one.link_id not in self.ended:
                yield one, _recipient(one)

    def _reader(self, one: InvitationLetter) -> Recipient | None:
        """Return who reads such a letter today; None if it is nobody's any more."""
        address, lost = one.letter.to_address, one.letter.state not in WENT_OUT
        if any(who.recipient.address == address for who in self.holders[one.invitation_id]):
            return _recipient(one)
        ended = one.link_id in self.ended
        if one.handover_id is not None:
            return _recipient(one) if lost and not ended else None
        for person in self.now[one.invitation_id]:
            if person.contact_id == one.contact_id and not (ended and person.address == address):
                return person
        return None

    def _kind(self, one: InvitationLetter, person: Recipient) -> LetterKind | None:
        if {_place(one), (one.invitation_id, person.address.lower())} & self.out.keys():
            return LetterKind.CHANGE
        if one.letter_id not in self.back:
            return None
        if one.kind is LetterKind.CHANGE:
            return LetterKind.CHANGE
        given = one.kind is LetterKind.HANDOVER and self._giver(one) is not None
        return LetterKind.HANDOVER if given else LetterKind.INVITATION

    def _kind_for_all(self, invitation: Invitation) -> LetterKind | None:
        mine = self.letters[invitation.id]
        if invitation.answer in EXPECTED or any(_place(one) in self.out for one in mine):
            return LetterKind.CHANGE
        asked = any(one.kind in ASKING and one.letter_id in self.back for one in mine)
        return LetterKind.INVITATION if asked else None

    def _asked_anew(self, kind: LetterKind, one: InvitationLetter, person: Recipient) -> Target:
        more = {}
        giver = self._giver(one)
        if kind is LetterKind.CHANGE:
            more = said(one.invitation, person.language)
        elif kind is LetterKind.HANDOVER and giver is not None:
            more = {"giver": one_line(giver.letter.to_name)}
        handed = one.handed_by_id if kind is LetterKind.HANDOVER else one.handover_id
        return Target(one.invitation, person, more, handed)

    def _giver(self, one: InvitationLetter) -> InvitationLetter | None:
        mine = self.letters[one.invitation_id]
        return next((other for other in mine if other.id == one.handed_by_id), None)


def _would_be_called(letters: list[OutboxLetter]) -> set[int]:
    """Return which letters `outbox.cancel` would call back."""
    stays = (LetterState.SENT, LetterState.CANCELLED)
    return {one.id for one in letters if one.state not in stays and one.called_back_at is None}


def said(invitation: Invitation, language: str) -> dict[str, str]:
    """Return the answer that stands, in words; empty where there is none."""
    with force_locale(language):
        none = invitation.answer is RsvpAnswer.NONE
        return {"answer": "" if none else str(GIVEN[invitation.answer])}


def _place(one: InvitationLetter) -> tuple[int, str]:
    return one.invitation_id, one.letter.to_address.lower()


def _recipient(one: InvitationLetter) -> Recipient:
    letter = one.letter
    return Recipient(letter.to_name, letter.to_address, letter.language, one.contact_id)


def _target(one: InvitationLetter) -> Target:
    person = _recipient(one)
    return Target(one.invitation, person, said(one.invitation, person.language), one.handover_id)
