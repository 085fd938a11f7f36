"""The people through whom an organisation is reached. One of them is the primary one."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from flask_babel import lazy_gettext as _l

from coordinator import clock, turkish
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.registry.models import Channel, Contact, Organization, RelationKind
from coordinator.registry.operations.access import give_access, take_back_access
from coordinator.registry.operations.holding import claim_contact, hold, refuse_merged

OF_THE_PERSON = frozenset({"full_name", "email", "phone"})
"""What is the same wherever the person is a contact."""


class ContactValues(TypedDict, total=False):
    """What is known of a contact; what is left out stays as it is."""

    full_name: str
    position: str
    email: str
    phone: str
    preferred_channel: Channel
    preferred_language: str
    relation_kind: RelationKind
    is_primary: bool
    is_deputy: bool
    active_from: date | None
    active_until: date | None


class TermsReversed(RuleBroken):
    """A term begins before it ends."""

    message = _l("The last day lies before the first one.")

    def __init__(self) -> None:
        super().__init__(field="active_until")


class TermToCome(RuleBroken):
    """Somebody is a contact from the day on which they are entered, or an earlier one."""

    message = _l("Write today or a day that has passed.")

    def __init__(self, field: str = "active_from") -> None:
        super().__init__(field=field)


class AlreadyContact(RuleBroken):
    """Who is added has been a contact of the organisation; whoever knows better goes on."""

    def __init__(self, other: Contact, field: str) -> None:
        if other.is_active:
            message = _l("%(name)s is a contact of this organisation.", name=other.full_name)
        else:
            message = _l("%(name)s was a contact of this organisation.", name=other.full_name)
        super().__init__(message, field)
        self.other = other


def add_contact(
    *,
    organization: Organization,
    actor: Actor,
    knowingly: bool = False,
    **values: Unpack[ContactValues],
) -> Contact:
    """Add a contact; the first one becomes the primary one whatever was asked.

    Raises AlreadyContact unless `knowingly`, MergedAway, TermToCome, TermsReversed.
    """
    hold([organization])
    refuse_merged(organization)
    if not knowingly:
        _refuse_known(organization, values)
    primary = values.pop("is_primary", False)
    contact = Contact(**values, is_primary=False)
    refuse_terms(contact.active_from, contact.active_until)
    organization.contacts.append(contact)
    db.session.flush()
    settle_primary(organization, contact if primary else None)
    address_came(contact)
    audit.record("contact.added", contact, actor, organization=organization.name)
    return contact


def edit_contact(
    *,
    contact: Contact,
    version: int | None,
    actor: Actor,
    also: Sequence[Contact] = (),
    **values: Unpack[ContactValues],
) -> None:
    """Change a contact; raises SavedMeanwhile, MergedAway, TermToCome, TermsReversed.

    An old address loses its access. What is the same wherever the person is a contact changes
    in `also` too.
    """
    claim_contact(contact, version, also)
    plain: dict[str, Any] = dict(values)
    changed = _changed(contact, plain)
    everywhere = {name: plain[name] for name in OF_THE_PERSON.intersection(changed)}
    _change(contact, actor, plain)
    for other in (one for one in also if one in one.organization.contacts):
        _change(other, actor, everywhere)


def _change(contact: Contact, actor: Actor, values: dict[str, Any]) -> None:
    primary = values.pop("is_primary", False)
    old_address, was_active = contact.email, contact.is_active
    changed = _changed(contact, values)
    for name in changed:
        setattr(contact, name, values[name])
    if {"active_from", "active_until"}.intersection(changed):
        refuse_terms(contact.active_from, contact.active_until)
    settle_primary(contact.organization, contact if primary else None)
    db.session.flush()
    if contact.email != old_address or contact.is_active != was_active:
        take_back_access(contact.organization, old_address)
        address_came(contact)
    if changed:
        audit.record("contact.edited", contact, actor, changed=changed)


def _changed(contact: Contact, values: dict[str, Any]) -> list[str]:
    return sorted(
        name
        for name, value in values.items()
        if name != "is_primary" and getattr(contact, name) != value
    )


def settle_primary(organization: Organization, wanted: Contact | None) -> None:
    """Leave exactly one primary contact among the active ones; a deputy is the first to follow."""
    active = organization.active_contacts
    primary = next((one for one in active if one is wanted), None)
    primary = primary or next((one for one in active if one.is_primary), None)
    if primary is None and active:
        primary = min(active, key=lambda one: (not one.is_deputy, one.sort_key, one.id))
    for one in organization.contacts:
        if one.is_primary != (one is primary):
            one.is_primary = one is primary


def address_came(contact: Contact) -> None:
    """Let an active contact's address be one that the organisation is reached under."""
    if contact.email and contact.is_active:
        contact.organization.unreadable_email = ""
        give_access(contact.organization, contact.email)


def refuse_terms(first: date | None, until: date | None) -> None:
    """Raise TermToCome or TermsReversed for days between which nobody is a contact."""
    if first is not None and first > clock.today():
        raise TermToCome
    if first is not None and until is not None and until < first:
        raise TermsReversed


def _refuse_known(organization: Organization, values: ContactValues) -> None:
    email, name = values.get("email"), turkish.search_key(values.get("full_name", ""))
    known = sorted(organization.contacts, key=lambda one: not one.is_active)
    for one in known:
        if email and one.email == email:
            raise AlreadyContact(one, "email")
    for one in known:
        if name and one.search_key == name:
            raise AlreadyContact(one, "full_name")
