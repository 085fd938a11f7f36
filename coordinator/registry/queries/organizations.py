"""One organisation or contact, by its page's address or by what people call it."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from coordinator import turkish
from coordinator.extensions import db
from coordinator.registry import search
from coordinator.registry.models import Contact, Organization, organization_word
from coordinator.registry.register_number import normalized
from coordinator.wording import Unkeepable


def organization(public_id: str) -> Organization | None:
    """Return an organisation with all that its page shows."""
    if not _addresses_something(public_id):
        return None
    return db.session.scalar(
        sa.select(Organization)
        .where(Organization.public_id == public_id)
        .options(
            joinedload(Organization.district),
            selectinload(Organization.work_areas),
            selectinload(Organization.contacts),
        )
    )


def contact(public_id: str) -> Contact | None:
    """Return a contact with the organisation."""
    if not _addresses_something(public_id):
        return None
    return db.session.scalar(
        sa.select(Contact)
        .where(Contact.public_id == public_id)
        .options(joinedload(Contact.organization))
    )


def _addresses_something(public_id: str) -> bool:
    """PostgreSQL refuses to be asked for some texts that can stand in an address."""
    return public_id.isascii() and public_id.isalnum()


def find_organization(text: str) -> Organization | None:
    """Return the one organisation that a text names: page address, register number, name."""
    try:
        number = normalized(text)
    except Unkeepable:
        return None
    if not number:
        return None
    by_id = sa.select(Organization).where(Organization.public_id == number)
    by_number = sa.select(Organization).where(Organization.registry_no == number)
    return db.session.scalar(by_id) or db.session.scalar(by_number) or _named(number)


def _named(text: str) -> Organization | None:
    wanted = turkish.search_key(text)
    looked_for = [word for word in search.words(text) if "@" not in word]
    if not looked_for:
        return None
    candidates = sa.select(Organization).where(
        *(
            Organization.id.in_(
                sa.select(organization_word.c.organization_id).where(
                    organization_word.c.word == word
                )
            )
            for word in looked_for
        )
    )
    same = [
        one
        for one in db.session.scalars(candidates.order_by(Organization.id))
        if wanted in (turkish.search_key(one.name), turkish.search_key(one.short_name))
    ]
    return same[0] if len(same) == 1 else None
