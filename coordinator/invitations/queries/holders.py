"""Who holds an invitation: the people whose letter of it arrived and is still theirs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from coordinator import clock
from coordinator.extensions import db
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind
from coordinator.links import PersonalLink
from coordinator.outbox import queries as outbox
from coordinator.outbox.models import NOT_ARRIVED, LetterState, OutboxLetter
from coordinator.registry.models import Contact, Organization
from coordinator.registry.queries import Recipient

ASKING = (LetterKind.INVITATION, LetterKind.HANDOVER, LetterKind.CHANGE)
"""A change may be the only letter of somebody: the invitation was called back on its way."""


@dataclass(frozen=True)
class Holder:
    """Somebody who was asked; `handover_id` is the letter by which it was handed over to them."""

    recipient: Recipient
    handover_id: int | None = None


def holders(invitation_ids: Collection[int]) -> dict[int, list[Holder]]:
    """Return who holds each invitation, in two questions; addresses on hold are left out."""
    found: dict[int, dict[str, Holder]] = {number: {} for number in invitation_ids}
    rows = db.session.execute(_asked(found)).all()
    on_hold = outbox.held({row.to_address for row in rows})
    for row in rows:
        if row.to_address not in on_hold and _is_theirs(row):
            recipient = Recipient(row.to_name, row.to_address, row.language, row.contact_id)
            handover = row.id if row.kind is LetterKind.HANDOVER else row.handed_by_id
            found[row.invitation_id].setdefault(row.to_address, Holder(recipient, handover))
    return {number: list(people.values()) for number, people in found.items()}


def _is_theirs(row: Any) -> bool:
    if row.kind is LetterKind.HANDOVER or row.handed_by_id is not None:
        return True
    if row.contact_id is None:
        return bool(row.own_address == row.to_address)
    still = row.active_until is None or row.active_until > clock.today()
    return bool(still and row.email == row.to_address)


def _asked(ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            InvitationLetter.id,
            InvitationLetter.invitation_id,
            InvitationLetter.kind,
            InvitationLetter.contact_id,
            InvitationLetter.handed_by_id,
            OutboxLetter.to_name,
            OutboxLetter.to_address,
            OutboxLetter.language,
            Contact.email,
            Contact.active_until,
            Organization.email.label("own_address"),
        )
        .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
        .join(PersonalLink, PersonalLink.id == InvitationLetter.link_id)
        .join(Invitation, Invitation.id == InvitationLetter.invitation_id)
        .join(Organization, Organization.id == Invitation.organization_id)
        .outerjoin(Contact, Contact.id == InvitationLetter.contact_id)
        .where(
            InvitationLetter.invitation_id.in_(ids),
            InvitationLetter.kind.in_(ASKING),
            OutboxLetter.state.not_in(NOT_ARRIVED),
            PersonalLink.revoked_at.is_(None),
        )
        .order_by(InvitationLetter.id)
    )


def ended_links(meeting_id: int) -> set[int]:
    """Return the links of a meeting's letters that were ended."""
    asked = (
        sa.select(PersonalLink.id)
        .join(InvitationLetter, InvitationLetter.link_id == PersonalLink.id)
        .join(Invitation, Invitation.id == InvitationLetter.invitation_id)
        .where(Invitation.meeting_id == meeting_id, PersonalLink.revoked_at.is_not(None))
    )
    return set(db.session.scalars(asked))


def handovers(invitation_id: int) -> Sequence[InvitationLetter]:
    """Return to each address the first letter by which it was handed over, oldest first.

    A letter that was called back when the meeting moved was written anew as an invitation.
    """
    rows = db.session.scalars(
        _letters(invitation_id).where(
            InvitationLetter.kind.in_(ASKING),
            sa.or_(
                InvitationLetter.kind == LetterKind.HANDOVER,
                InvitationLetter.handed_by_id.is_not(None),
            ),
            OutboxLetter.state != LetterState.CANCELLED,
        )
    )
    found: dict[str, InvitationLetter] = {}
    for one in rows:
        found.setdefault(one.letter.to_address, one)
    return list(found.values())


def letter_held_by(invitation_id: int, address: str, link: PersonalLink | None) -> int | None:
    """Return the letter whose link or address somebody came by."""
    by_link = InvitationLetter.link_id == link.id if link else OutboxLetter.to_address == address
    one = db.session.scalars(_letters(invitation_id).where(by_link).limit(1)).first()
    return one.id if one else None


def givers(invitation_id: int, address: str) -> list[InvitationLetter]:
    """Return the letters of those by whose hands the invitation came to an address, nearest first.

    One question; ended links are left out.
    """
    known = {one.id: one for one in db.session.scalars(_letters(invitation_id))}
    steps = [one for one in known.values() if one.letter.to_address == address]
    found: dict[str, InvitationLetter] = {}
    while steps:
        parents = {known[one.handed_by_id] for one in steps if one.handed_by_id in known}
        steps = [one for one in parents if one.letter.to_address not in {address, *found}]
        found |= {one.letter.to_address: one for one in steps}
        steps += [one for one in parents if one.letter.to_address == address]
    return [one for one in found.values() if one.link and one.link.revoked_at is None]


def _letters(invitation_id: int) -> sa.Select[InvitationLetter]:
    return (
        sa.select(InvitationLetter)
        .join(InvitationLetter.letter)
        .where(InvitationLetter.invitation_id == invitation_id)
        .options(contains_eager(InvitationLetter.letter), joinedload(InvitationLetter.link))
        .order_by(InvitationLetter.id)
    )
