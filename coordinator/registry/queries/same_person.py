"""One person who is a contact of several organisations."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from coordinator.extensions import db
from coordinator.registry.models import Contact, Organization, OrgStatus
from coordinator.registry.queries.people import AT_ONCE, active_contact


def same_person(contact: Contact) -> list[Contact]:
    """Return the same person as an active contact of other organisations, in Turkish order."""
    return elsewhere([contact])[contact.id]


def elsewhere(contacts: Sequence[Contact]) -> dict[int, list[Contact]]:
    """Return for each contact's id the same person as an active contact of other organisations.

    An e-mail address names a person; where one of two has none, the same name and phone do.
    """
    known: dict[str, list[Contact]] = defaultdict(list)
    for one in _candidates(contacts):
        for mark in _marks(one):
            known[mark].append(one)
    return {
        contact.id: sorted(
            {
                other.id: other
                for mark in _marks(contact)
                for other in known[mark]
                if _same(contact, other)
            }.values(),
            key=lambda other: (other.organization.sort_key, other.id),
        )
        for contact in contacts
    }


def _marks(contact: Contact) -> Iterable[str]:
    return [mark for mark in (contact.email, contact.phone) if mark]


def _same(one: Contact, other: Contact) -> bool:
    if one.organization_id == other.organization_id:
        return False
    if one.email and other.email:
        return one.email == other.email
    return bool(one.phone) and (one.phone, one.search_key) == (other.phone, other.search_key)


def _candidates(contacts: Sequence[Contact]) -> list[Contact]:
    emails = sorted({one.email for one in contacts if one.email})
    phones = sorted({one.phone for one in contacts if one.phone})
    if not emails and not phones:
        return []
    return list(
        db.session.scalars(
            sa.select(Contact)
            .join(Contact.organization)
            .where(
                sa.or_(Contact.email.in_(emails[:AT_ONCE]), Contact.phone.in_(phones[:AT_ONCE])),
                active_contact(),
                Organization.status != OrgStatus.MERGED,
            )
            .options(contains_eager(Contact.organization))
        )
    )
