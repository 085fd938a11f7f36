"""The people through whom an organisation is reached. One of them is the primary one."""

from typing import TypedDict, Unpack

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.registry.models import Channel, Contact, Organization
from coordinator.registry.operations.access import give_access, take_back_access


class ContactValues(TypedDict, total=False):
    """What is known of a contact; what is left out stays as it is."""

    full_name: str
    position: str
    email: str
    phone: str
    preferred_channel: Channel
    preferred_language: str
    is_primary: bool


def add_contact(
    *, organization: Organization, actor: Actor, **values: Unpack[ContactValues]
) -> Contact:
    """Add a contact; the first one becomes the primary one whatever was asked."""
    _hold(organization)
    primary = values.pop("is_primary", False)
    contact = Contact(**values, is_primary=False)
    organization.contacts.append(contact)
    db.session.flush()
    _settle_primary(organization, contact if primary else None)
    _address_came(contact)
    audit.record("contact.added", contact, actor, organization=organization.name)
    return contact


def edit_contact(
    *, contact: Contact, version: int | None, actor: Actor, **values: Unpack[ContactValues]
) -> None:
    """Change a contact; raises SavedMeanwhile. An old address loses its access."""
    claim(contact, version)
    _hold(contact.organization)
    primary = values.pop("is_primary", False)
    old_address = contact.email
    changed = [name for name, value in values.items() if getattr(contact, name) != value]
    for name in changed:
        setattr(contact, name, values[name])  # type: ignore[literal-required]
    _settle_primary(contact.organization, contact if primary else None)
    db.session.flush()
    if contact.email != old_address:
        take_back_access(contact.organization, old_address)
        _address_came(contact)
    if changed:
        audit.record("contact.edited", contact, actor, changed=sorted(changed))


def end_contact(*, contact: Contact, version: int | None, actor: Actor) -> None:
    """End a contact today; raises SavedMeanwhile. The next one becomes the primary one."""
    claim(contact, version)
    _hold(contact.organization)
    contact.active_until = clock.today()
    contact.is_primary = False
    _settle_primary(contact.organization, None)
    db.session.flush()
    take_back_access(contact.organization, contact.email)
    audit.record("contact.ended", contact, actor, organization=contact.organization.name)


def _hold(organization: Organization) -> None:
    """Let one change of an organisation's contacts wait for the other."""
    db.session.refresh(organization, attribute_names=["version"], with_for_update=True)


def _settle_primary(organization: Organization, wanted: Contact | None) -> None:
    """Leave exactly one primary contact among the active ones."""
    active = organization.active_contacts
    primary = wanted or next((one for one in active if one.is_primary), None)
    if primary is None and active:
        primary = min(active, key=lambda one: (one.sort_key, one.id))
    for one in organization.contacts:
        if one.is_primary != (one is primary):
            one.is_primary = one is primary


def _address_came(contact: Contact) -> None:
    if contact.email:
        contact.organization.unreadable_email = ""
        give_access(contact.organization, contact.email)
