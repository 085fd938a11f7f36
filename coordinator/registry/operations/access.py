"""Accounts of representatives: a contact's address lets somebody act for an organisation."""

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator.access import Role
from coordinator.accounts import operations as accounts
from coordinator.accounts import queries as account_queries
from coordinator.accounts.models import User
from coordinator.actors import Actor
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry import queries
from coordinator.registry.models import Contact, Organization, Representation


class NoAddress(RuleBroken):
    """Whoever signs in does it with a letter."""

    message = _l("Add an e-mail address first. The account is opened under it.")


class AddressOfStaff(RuleBroken):
    """One address has one account."""

    message = _l("This address has an account that does not belong to a representative.")


class AccountClosed(RuleBroken):
    """Only an administrator opens a closed account again."""

    message = _l("The account of this address was closed. An administrator can open it again.")


def open_account(*, contact: Contact, actor: Actor) -> User:
    """Give the contact an account that acts for all organisations reached under the address.

    A letter says where to sign in. Raises NoAddress, AddressOfStaff, AccountClosed.
    """
    if not contact.email:
        raise NoAddress
    user = account_queries.by_email(contact.email)
    if user is None:
        user = _create(contact, actor, letter=True)
    elif user.is_staff:
        raise AddressOfStaff
    elif not user.active:
        raise AccountClosed
    _represent(user, {contact.organization_id})
    _represent(user, {one.organization_id for one in queries.with_address(contact.email)})
    return user


def account_for_address(address: str) -> User | None:
    """Make the account of an active contact who asks for a sign-in link; None for a stranger."""
    contacts = queries.with_address(address)
    if not contacts:
        return None
    user = _create(contacts[0], Actor.link(contacts[0].full_name), letter=False)
    _represent(user, {one.organization_id for one in contacts})
    return user


def give_access(organization: Organization, address: str) -> None:
    """Let the account of a new contact's address, where there is one, act for the organisation."""
    user = account_queries.by_email(address)
    if user is not None and user.role is Role.REPRESENTATIVE:
        _represent(user, {organization.id})


def take_back_access(organization: Organization, address: str) -> None:
    """Stop the account of an address acting for an organisation that it is no contact of."""
    still = any(one.email == address for one in organization.active_contacts)
    if not address or still:
        return
    users = sa.select(User.id).where(User.email == address)
    db.session.execute(
        sa.delete(Representation).where(
            Representation.organization_id == organization.id, Representation.user_id.in_(users)
        )
    )
    queries.forget_represented()


def _create(contact: Contact, actor: Actor, *, letter: bool) -> User:
    return accounts.create_account(
        full_name=contact.full_name,
        email=contact.email,
        role=Role.REPRESENTATIVE,
        language=contact.preferred_language,
        actor=actor,
        letter=letter,
    )


def _represent(user: User, organization_ids: set[int]) -> None:
    held = sa.select(Representation.organization_id).where(Representation.user_id == user.id)
    for number in sorted(organization_ids - set(db.session.scalars(held))):
        db.session.add(Representation(user_id=user.id, organization_id=number))
    db.session.flush()
    queries.forget_represented()
