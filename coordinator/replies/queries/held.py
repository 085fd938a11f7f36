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
    waiting: int = 0
    """How many letters did not go because of the hold, and are still true."""


def held_of(organization: Organization) -> list[HeldHere]:
    """Return the organisation's addresses from which letters came back."""
    people = db.session.scalars(
        sa.select(Contact)
        .where(Contact.organization_id == organization.id, Contact.email != "", active_contact())
        .order_by(Contact.sort_key, Contact.id)
    ).all()
    addresses = [organization.email, *(one.email for one in people)]
    holds = outbox.held(one for one in addresses if one)
    waiting = outbox.count_kept_back(holds.values())
    found = [
        HeldHere(hold, one.full_name, one, waiting.get(hold.address, 0))
        for one in people
        if (hold := holds.get(one.email))
    ]
    if hold := holds.get(organization.email):
        count = waiting.get(hold.address, 0)
        found.append(HeldHere(hold, organization.name, waiting=count))
    return found
