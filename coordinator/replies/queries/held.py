"""Addresses on hold, as an organisation's page shows them where they can be cleared."""

from dataclasses import dataclass

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.outbox import queries as outbox
from coordinator.outbox.models import HeldAddress
from coordinator.registry.models import Contact, Organization
from coordinator.registry.queries import active_contact


@dataclass(frozen=True)
class HeldHere:
    """An address of an organisation to which no letters go, and whose it is."""

    hold: HeldAddress
    name: str
    contact: Contact | None = None


def held_of(organization: Organization) -> list[HeldHere]:
    """Return the organisation's addresses from which letters came back."""
    people = db.session.scalars(
        sa.select(Contact)
        .where(Contact.organization_id == organization.id, Contact.email != "", active_contact())
        .order_by(Contact.sort_key, Contact.id)
    ).all()
    addresses = [organization.email, *(one.email for one in people)]
    holds = outbox.held(one for one in addresses if one)
    found = [HeldHere(holds[one.email], one.full_name, one) for one in people if one.email in holds]
    if organization.email in holds:
        found.append(HeldHere(holds[organization.email], organization.name))
    return found
