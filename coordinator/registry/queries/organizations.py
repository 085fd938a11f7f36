"""One organisation or contact, by its page's address or by what people call it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from coordinator import turkish
from coordinator.extensions import db
from coordinator.registry import search
from coordinator.registry.models import (
    Contact,
    Organization,
    OrganizationName,
    OrgStatus,
    organization_word,
)
from coordinator.registry.queries.merged import heir
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
            joinedload(Organization.parent),
            joinedload(Organization.merged_into),
            selectinload(Organization.work_areas),
            selectinload(Organization.target_groups),
            selectinload(Organization.umbrellas),
            selectinload(Organization.former_names),
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


def former_name(public_id: str, number: int) -> OrganizationName | None:
    """Return a former name of the organisation with that page."""
    if not _addresses_something(public_id) or number >= 2**31:
        return None
    return db.session.scalar(
        sa.select(OrganizationName)
        .join(OrganizationName.organization)
        .where(Organization.public_id == public_id, OrganizationName.id == number)
        .options(joinedload(OrganizationName.organization))
    )


def _addresses_something(public_id: str) -> bool:
    """PostgreSQL refuses to be asked for some texts that can stand in an address."""
    return public_id.isascii() and public_id.isalnum()


def find_organization(text: str) -> Organization | None:
    """Return the one organisation that a text names, as `organizations_named` reads it."""
    found = organizations_named(text)
    return found[0] if len(found) == 1 else None


def organizations_named(text: str) -> list[Organization]:
    """Return the organisations that a text names: page address, register number, name.

    A name that nobody has today is looked for among the former names.
    """
    try:
        number = normalized(text)
    except Unkeepable:
        return []
    if not number:
        return []
    by_id = sa.select(Organization).where(Organization.public_id == number)
    by_number = sa.select(Organization).where(Organization.registry_no == number)
    one = db.session.scalar(by_id) or db.session.scalar(by_number)
    return [heir(one)] if one else _called(number)


def _called(text: str) -> list[Organization]:
    wanted = turkish.search_key(text)
    having = _with_words([word for word in search.words(text) if "@" not in word])
    if having is None:
        return []
    names = having.with_only_columns(Organization.id, Organization.name, Organization.short_name)
    called = {
        number
        for number, *known in db.session.execute(names)
        if wanted in map(turkish.search_key, known)
    }
    if not called:
        once = having.join(Organization.former_names).with_only_columns(
            Organization.id, OrganizationName.name
        )
        called = {
            number
            for number, name in db.session.execute(once)
            if turkish.search_key(name) == wanted
        }
    found = sa.select(Organization).where(Organization.id.in_(called)).order_by(Organization.id)
    return list(db.session.scalars(found)) if called else []


def _with_words(words: list[str]) -> sa.Select[Any] | None:
    """The question for organisations of whose names, present or former, these are words."""
    if not words:
        return None
    having = (
        sa.select(organization_word.c.organization_id).where(organization_word.c.word == word)
        for word in words
    )
    return sa.select(Organization).where(
        Organization.status != OrgStatus.MERGED, *(Organization.id.in_(one) for one in having)
    )
