"""What is left to try when a letter came back: whose address it was, and who else there is."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator.extensions import db
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind
from coordinator.outbox import queries as outbox
from coordinator.outbox.models import HeldAddress, LetterState, OutboxLetter
from coordinator.registry.models import Contact, Organization
from coordinator.registry.queries import active_contact
from coordinator.replies.queries.asked import invitation_letter

LOST = (LetterState.FAILED, LetterState.BOUNCED)


@dataclass(frozen=True)
class Other:
    """Another contact, and what stands in the way of writing to them."""

    contact: Contact
    hold: HeldAddress | None
    was_written: bool


@dataclass(frozen=True)
class Reach:
    """An address from which a letter came back, and the ways that are left."""

    address: str
    hold: HeldAddress | None
    organization: Organization | None
    contact: Contact | None
    """Whose address it is, if it still is somebody's."""
    others: list[Other]
    invitation: Invitation | None
    waiting: int
    """How many letters did not go because of the hold, and are still true."""
    may_go_again: bool
    """Did the letter not arrive, and does nothing stand in the way of sending it once more?"""


def reach_of(letter: OutboxLetter | None) -> Reach | None:
    """Return what can be done for a letter that came back, in a fixed number of questions."""
    if letter is None:
        return None
    own = invitation_letter(letter)
    invitation = own.invitation if own is not None else None
    address = letter.to_address.lower()
    organization = invitation.organization if invitation else _organization_at(address)
    people = _people(organization)
    holds = outbox.held([letter.to_address, *(one.email for one in people if one.email)])
    written = _written(invitation)
    hold = holds.get(letter.to_address)
    return Reach(
        address=letter.to_address,
        hold=hold,
        waiting=outbox.count_kept_back([hold]).get(hold.address, 0) if hold else 0,
        organization=organization,
        contact=next((one for one in people if one.email.lower() == address), None),
        others=[
            Other(one, holds.get(one.email), one.email.lower() in written)
            for one in people
            if one.email.lower() != address
        ],
        invitation=invitation,
        may_go_again=invitation is not None
        and letter.state in LOST
        and letter.to_address not in holds,
    )


def _organization_at(address: str) -> Organization | None:
    contact = db.session.scalar(
        sa.select(Contact)
        .where(sa.func.lower(Contact.email) == address, active_contact())
        .options(joinedload(Contact.organization))
        .order_by(Contact.id)
        .limit(1)
    )
    if contact is not None:
        return contact.organization
    asked = sa.select(Organization).where(sa.func.lower(Organization.email) == address)
    return db.session.scalar(asked.order_by(Organization.id).limit(1))


def _people(organization: Organization | None) -> list[Contact]:
    if organization is None:
        return []
    asked = (
        sa.select(Contact)
        .where(Contact.organization_id == organization.id, active_contact())
        .order_by(Contact.is_primary.desc(), Contact.is_deputy.desc(), Contact.sort_key, Contact.id)
    )
    return list(db.session.scalars(asked))


def _written(invitation: Invitation | None) -> set[str]:
    if invitation is None:
        return set()
    asked = (
        sa.select(sa.func.lower(OutboxLetter.to_address))
        .join(InvitationLetter, InvitationLetter.letter_id == OutboxLetter.id)
        .where(
            InvitationLetter.invitation_id == invitation.id,
            InvitationLetter.kind == LetterKind.INVITATION,
        )
    )
    return set(db.session.scalars(asked))
