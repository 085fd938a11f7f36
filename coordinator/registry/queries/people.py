"""The people of organisations: who is written to, who acts for whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import g, has_request_context
from sqlalchemy.orm import joinedload

from coordinator import clock
from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.extensions import db
from coordinator.outbox.queries import is_not_held, takes_rounds
from coordinator.registry.models import (
    Channel,
    Contact,
    Organization,
    OrgStatus,
    Representation,
)

AT_ONCE = 5000


@dataclass(frozen=True)
class Recipient:
    """One address that a letter to an organisation goes to."""

    name: str
    address: str
    language: str
    contact_id: int | None


def active_contact() -> sa.ColumnElement[bool]:
    """The condition that a contact is one today."""
    return sa.or_(Contact.active_until.is_(None), Contact.active_until > clock.today())


def takes_letters(address: Any, *, rounds: bool = False) -> sa.ColumnElement[bool]:
    """The condition that the address in a column is there and not on hold.

    With `rounds`, its owner has not opted out of round letters either.
    """
    usable = sa.and_(address != "", is_not_held(address))
    return sa.and_(usable, takes_rounds(address)) if rounds else usable


def is_reached(*, rounds: bool = False) -> sa.ColumnElement[bool]:
    """The condition that `recipients` finds somebody of an organisation to write to."""
    by_contact = sa.exists().where(
        Contact.organization_id == Organization.id, *_wants_letters(rounds)
    )
    return sa.or_(takes_letters(Organization.email, rounds=rounds), by_contact)


def _wants_letters(rounds: bool) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        takes_letters(Contact.email, rounds=rounds),
        Contact.preferred_channel == Channel.EMAIL,
        active_contact(),
    )


def recipients(
    organization_ids: Iterable[int], *, rounds: bool = False
) -> dict[int, list[Recipient]]:
    """Return whom a letter to each organisation goes to; an empty list where nobody is reached.

    These are the active contacts who want e-mail; without one, the organisation's own address.
    No address comes twice for one organisation, and none that is on hold. With `rounds`, those
    who opted out of round letters are left out as well.
    """
    ids = list(dict.fromkeys(organization_ids))
    found: dict[int, dict[str, Recipient]] = {number: {} for number in ids}
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        for number, recipient in _people(chunk, rounds):
            found[number].setdefault(recipient.address, recipient)
        silent = [number for number in chunk if not found[number]]
        for number, recipient in _own_addresses(silent, rounds):
            found[number][recipient.address] = recipient
    return {number: list(addresses.values()) for number, addresses in found.items()}


def _people(ids: Sequence[int], rounds: bool) -> list[tuple[int, Recipient]]:
    rows = db.session.execute(
        sa.select(
            Contact.organization_id,
            Contact.full_name,
            Contact.email,
            Contact.preferred_language,
            Contact.id,
        )
        .where(Contact.organization_id.in_(ids), *_wants_letters(rounds))
        .order_by(Contact.is_primary.desc(), Contact.sort_key, Contact.id)
    )
    return [
        (number, Recipient(name, address, language, contact_id))
        for number, name, address, language, contact_id in rows
    ]


def _own_addresses(ids: Sequence[int], rounds: bool) -> list[tuple[int, Recipient]]:
    rows = db.session.execute(
        sa.select(Organization.id, Organization.name, Organization.email).where(
            Organization.id.in_(ids), takes_letters(Organization.email, rounds=rounds)
        )
    )
    return [(number, Recipient(name, email, "tr", None)) for number, name, email in rows]


def represented(user: User) -> list[Organization]:
    """Return the organisations that the account acts for, in Turkish order."""
    return list(
        db.session.scalars(
            sa.select(Organization)
            .join(Representation, Representation.organization_id == Organization.id)
            .where(Representation.user_id == user.id)
            .order_by(Organization.sort_key, Organization.id)
        )
    )


def represented_ids(user: User) -> frozenset[int]:
    """Return the ids of the organisations that the account acts for; asked once a request."""
    if user.role is not Role.REPRESENTATIVE:
        return frozenset()
    known = g.get("represented_ids") if has_request_context() else None
    if known is None or known[0] != user.id:
        asked = sa.select(Representation.organization_id).where(Representation.user_id == user.id)
        known = (user.id, frozenset(db.session.scalars(asked)))
        if has_request_context():
            g.represented_ids = known
    ids: frozenset[int] = known[1]
    return ids


def forget_represented() -> None:
    """Let the next question about who acts for whom be asked anew."""
    if has_request_context():
        g.pop("represented_ids", None)


def with_address(address: str) -> list[Contact]:
    """Return the active contacts of active organisations who have the address."""
    if not address:
        return []
    return list(
        db.session.scalars(
            sa.select(Contact)
            .join(Contact.organization)
            .where(
                Contact.email == address,
                active_contact(),
                Organization.status == OrgStatus.ACTIVE,
            )
            .options(joinedload(Contact.organization))
            .order_by(Contact.id)
        )
    )


def accounts_of(contacts: Sequence[Contact]) -> dict[str, User]:
    """Return the accounts of these contacts' addresses, by address."""
    addresses = {one.email for one in contacts if one.email}
    if not addresses:
        return {}
    found = db.session.scalars(sa.select(User).where(User.email.in_(addresses)))
    return {user.email: user for user in found}


def organizations_of(users: Iterable[User]) -> dict[int, list[Organization]]:
    """Return for each account's id the organisations it acts for, in Turkish order."""
    rows = db.session.execute(
        sa.select(Representation.user_id, Organization)
        .join(Organization, Organization.id == Representation.organization_id)
        .where(Representation.user_id.in_([user.id for user in users]))
        .order_by(Organization.sort_key, Organization.id)
    )
    found: dict[int, list[Organization]] = defaultdict(list)
    for user_id, one in rows:
        found[user_id].append(one)
    return found
