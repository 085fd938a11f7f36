"""What the desk reads about the organisations of one page: as many questions as for one of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator.desk.untold import (
    changed_at,
    is_over,
    is_seated_untold,
    is_untold,
)
from coordinator.extensions import db
from coordinator.history.models import Encounter, EncounterKind
from coordinator.invitations.models import (
    Addressee,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.queries.lines import Line
from coordinator.meetings.models import Meeting
from coordinator.outbox.models import HeldAddress, LetterState, OutboxLetter, Trouble, shown_reason
from coordinator.outbox.queries import held
from coordinator.registry.models import Contact
from coordinator.registry.queries import active_contact, stands

SILENT = (RsvpAnswer.NONE, RsvpAnswer.MAYBE)
CALLS = (EncounterKind.CALL, EncounterKind.MESSAGE)


@dataclass(frozen=True)
class Sent:
    """One letter of an invitation, as far as the desk speaks of it."""

    kind: LetterKind
    address: str
    state: LetterState
    at: datetime
    reason: str
    kept_back: bool = False
    """Did it not go only because its address was on hold?"""


@dataclass
class Dossier:
    """All that the desk knows of one invitation; `letters` from the oldest on."""

    line: Line
    invitation: Invitation
    contacts: list[Contact] = field(default_factory=list)
    letters: list[Sent] = field(default_factory=list)
    addressees: list[Addressee] = field(default_factory=list)
    calls: list[Encounter] = field(default_factory=list)
    on_hold: dict[str, HeldAddress] = field(default_factory=dict)


def count_silent(meeting: Meeting) -> int:
    """Return how many stand on the desk of a meeting; where it is off, who does not know it."""
    since = changed_at(meeting)
    wanted = [is_untold(meeting, since)] if since is not None else []
    if meeting.is_on:
        wanted.append(Invitation.answer.in_(SILENT))
    if not is_over(meeting):
        wanted.append(is_seated_untold())
    if not wanted:
        return 0
    asked = sa.select(sa.func.count()).where(
        Invitation.meeting_id == meeting.id,
        Invitation.invited_at.is_not(None),
        sa.or_(*wanted),
        stands(Invitation.organization_id),
    )
    return db.session.scalar(asked) or 0


def dossiers(lines: Sequence[Line]) -> list[Dossier]:
    """Return what is known of these invitees, in their order."""
    invitations = _invitations([line.id for line in lines])
    found = {line.id: Dossier(line, invitations[line.id]) for line in lines}
    by_organization = {one.line.organization_id: one for one in found.values()}
    for contact in _contacts(list(by_organization)):
        by_organization[contact.organization_id].contacts.append(contact)
    for invitation_id, letter in _letters(list(found)):
        found[invitation_id].letters.append(letter)
    for addressee in _addressees(list(found)):
        found[addressee.invitation_id].addressees.append(addressee)
    for call in _calls(list(by_organization.values())):
        by_organization[call.organization_id].calls.append(call)
    _note_holds(list(found.values()))
    return list(found.values())


def _invitations(ids: list[int]) -> dict[int, Invitation]:
    asked = sa.select(Invitation).where(Invitation.id.in_(ids))
    asked = asked.options(joinedload(Invitation.organization))
    return {one.id: one for one in db.session.scalars(asked)}


def _contacts(ids: list[int]) -> Sequence[Contact]:
    """Whom to ask for: the primary contact, the deputy, then the others."""
    return db.session.scalars(
        sa.select(Contact)
        .where(Contact.organization_id.in_(ids), active_contact())
        .order_by(Contact.is_primary.desc(), Contact.is_deputy.desc(), Contact.sort_key, Contact.id)
    ).all()


def _letters(ids: list[int]) -> list[tuple[int, Sent]]:
    rows: Any = db.session.execute(
        sa.select(
            InvitationLetter.invitation_id,
            InvitationLetter.kind,
            OutboxLetter.to_address,
            OutboxLetter.state,
            sa.func.coalesce(OutboxLetter.sent_at, OutboxLetter.created_at),
            OutboxLetter.reason,
        )
        .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
        .where(InvitationLetter.invitation_id.in_(ids))
        .order_by(InvitationLetter.id)
    )
    return [
        (
            invitation_id,
            Sent(kind, address, state, at, shown_reason(reason), reason == Trouble.HELD.because()),
        )
        for invitation_id, kind, address, state, at, reason in rows
    ]


def _addressees(ids: list[int]) -> Sequence[Addressee]:
    asked = sa.select(Addressee).where(Addressee.invitation_id.in_(ids)).order_by(Addressee.id)
    return db.session.scalars(
        asked.options(joinedload(Addressee.link), joinedload(Addressee.contact))
    ).all()


def _calls(found: list[Dossier]) -> Sequence[Encounter]:
    """Return what was written down at the meeting's desk, oldest first.

    A call about something else, noted in an organisation's history, is no try to reach it here.
    """
    if not found:
        return []
    return db.session.scalars(
        sa.select(Encounter)
        .where(
            Encounter.organization_id.in_([one.line.organization_id for one in found]),
            Encounter.about == found[0].invitation.meeting.public_id,
            Encounter.kind.in_(CALLS),
        )
        .order_by(Encounter.happened_at, Encounter.id)
    ).all()


def _note_holds(found: list[Dossier]) -> None:
    addresses: dict[str, list[Dossier]] = defaultdict(list)
    for one in found:
        people = {contact.email for contact in one.contacts}
        for address in people | {one.line.email} | {letter.address for letter in one.letters}:
            if address:
                addresses[address].append(one)
    for address, hold in held(addresses).items():
        for one in addresses[address]:
            one.on_hold[address] = hold


def contact_of(invitation: Invitation, public_id: str) -> Contact | None:
    """Return an active contact of the invited organisation; None for the organisation itself."""
    return db.session.scalar(
        sa.select(Contact).where(
            Contact.public_id == public_id,
            Contact.organization_id == invitation.organization_id,
            active_contact(),
        )
    )
