"""Addresses on hold, as an organisation's page shows them where they can be cleared."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.invitations.models import Invitation, InvitationLetter
from coordinator.outbox import queries as outbox
from coordinator.outbox.models import HeldAddress, OutboxLetter
from coordinator.registry.models import Contact, Organization
from coordinator.registry.queries import active_contact
from coordinator.verification.models import Verification, VerificationLetter


@dataclass(frozen=True)
class HeldHere:
    """An address of an organisation to which no letters go, and whose it is."""

    hold: HeldAddress
    name: str
    contact: Contact | None = None
    waiting: int = 0
    """How many letters did not go because of the hold, and are still true."""
    is_theirs: bool = False
    """Was a letter to the organisation written there before? Else anybody may have named it."""


def held_of(organization: Organization) -> list[HeldHere]:
    """Return the organisation's addresses from which letters came back."""
    people = db.session.scalars(
        sa.select(Contact)
        .where(Contact.organization_id == organization.id, Contact.email != "", active_contact())
        .order_by(Contact.sort_key, Contact.id)
    ).all()
    addresses = [organization.email, *(one.email for one in people)]
    holds = outbox.held(one for one in addresses if one)
    if not holds:
        return []
    waiting = outbox.count_kept_back(holds.values())
    theirs = _written_before(organization, [one.id for one in holds.values()])
    owners = [(one.email, one.full_name, one) for one in people]
    return [
        HeldHere(hold, name, contact, waiting.get(hold.address, 0), hold.id in theirs)
        for address, name, contact in [*owners, (organization.email, organization.name, None)]
        if (hold := holds.get(address))
    ]


def _written_before(organization: Organization, hold_ids: Collection[int]) -> set[int]:
    """Return those of which a letter to the organisation went to the address before the hold."""
    own = sa.union_all(
        sa.select(InvitationLetter.letter_id)
        .join(InvitationLetter.invitation)
        .where(Invitation.organization_id == organization.id),
        sa.select(VerificationLetter.letter_id)
        .join(VerificationLetter.verification)
        .where(Verification.organization_id == organization.id),
    )
    written = sa.exists().where(
        sa.func.lower(OutboxLetter.to_address) == HeldAddress.address,
        OutboxLetter.created_at <= HeldAddress.held_at,
        OutboxLetter.id.in_(own),
    )
    return set(
        db.session.scalars(sa.select(HeldAddress.id).where(HeldAddress.id.in_(hold_ids), written))
    )
