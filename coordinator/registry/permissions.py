"""Who may see and change what of an organisation."""

from coordinator.access import READERS, WRITERS, Role
from coordinator.accounts.models import User
from coordinator.registry import queries
from coordinator.registry.models import Contact, Organization


def represents(user: User, organization: Organization | None) -> bool:
    """Does the account act for the organisation?"""
    if organization is None or user.role is not Role.REPRESENTATIVE:
        return False
    return organization.id in queries.represented_ids(user)


def can_see(user: User, organization: Organization | None) -> bool:
    """Staff see every organisation, representatives their own."""
    return organization is not None and (user.role in READERS or represents(user, organization))


def leads_on(user: User, organization: Organization | None) -> bool:
    """Was it merged into an organisation that the account acts for?"""
    if organization is None or organization.merged_into_id is None:
        return False
    return represents(user, queries.heir(organization))


def can_see_notes(user: User, organization: Organization) -> bool:
    """The branch's notes are the branch's."""
    return user.role in READERS


def can_edit(user: User, organization: Organization | None) -> bool:
    """Staff edit every organisation, representatives how theirs is reached.

    A record that was merged is only read.
    """
    return (
        organization is not None
        and organization.merged_into_id is None
        and (user.role in WRITERS or represents(user, organization))
    )


def can_edit_contact(user: User, contact: Contact | None) -> bool:
    """A contact is edited with the organisation, as long as it is one."""
    return contact is not None and contact.is_active and can_edit(user, contact.organization)


def can_bring_back(user: User, contact: Contact | None) -> bool:
    """A contact who ended is brought back by whoever edits the organisation."""
    return contact is not None and not contact.is_active and can_edit(user, contact.organization)
