"""Brings the contacts that a row names into the picture."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from rapidfuzz import fuzz

from coordinator.registry.importing.planning.changes import Change, shown
from coordinator.registry.importing.planning.known import Known, KnownContact
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.importing.reading.readings import Person, Reached, Reading
from coordinator.registry.importing.reading.words import folded
from coordinator.registry.models import Channel

SAME_PERSON = 85


def merge_people(
    known: Known, reading: Reading, reached: Reached, *, sure: bool = True
) -> list[Change]:
    """Bring the contacts of a row into an organisation of the picture."""
    changes: list[Change] = []
    for place, person in enumerate(reading.people):
        first = place == 0
        email = reached.contact_email if first else person.email
        phone = reached.contact_phone if first else person.phone
        if person.name:
            changes += _contact(known, reading, person, email, phone, sure=sure)
    return changes


def _contact(
    known: Known, reading: Reading, person: Person, email: str, phone: str, *, sure: bool
) -> list[Change]:
    given: dict[str, Any] = {
        "position": person.position,
        "email": email,
        "phone": phone,
        "preferred_language": person.language,
        "preferred_channel": Channel(person.channel) if person.channel else None,
        "relation_kind": person.relation,
        "is_deputy": person.deputy,
        "active_from": person.since,
        "active_until": person.until,
    }
    contact = _same_person(known, person.name, email)
    if contact is None:
        kept = {name: value for name, value in given.items() if value}
        contact = KnownContact(None, person.name, **kept)
        contact.named_by_list = sure
        known.contacts.append(contact)
        shown = ", ".join(filter(None, [person.name, person.position, contact.email]))
        return [Change(_l("New contact person"), "", shown)]
    if contact.id is not None and not contact.is_active:
        reading.corrections.append((gettext("No longer a contact person"), contact.full_name))
        return []
    if person.by_heading and contact.position:
        given.pop("position")
    return _contact_changes(contact, given, sure=sure)


def _contact_changes(contact: KnownContact, given: dict[str, Any], *, sure: bool) -> list[Change]:
    first = sure and not contact.named_by_list
    changes = []
    for attribute, value in given.items():
        stored = getattr(contact, attribute)
        if not value or value == stored or (stored and not first):
            continue
        what = f"{contact.full_name}, {CONTACT_WORDS[attribute]}"
        before, after = shown(attribute, stored), shown(attribute, value)
        changes.append(Change(what, before, after))
        contact.put(attribute, value)
    contact.named_by_list = contact.named_by_list or sure
    return changes


def _same_person(known: Known, person: str, email: str) -> KnownContact | None:
    """Return the contact whom a row means: by the name, or by the address and nearly the name."""
    name = folded(person)
    for contact in known.contacts:
        if folded(contact.full_name) == name:
            return contact
    for contact in known.contacts:
        alike = fuzz.token_sort_ratio(folded(contact.full_name), name) >= SAME_PERSON
        if email and contact.email == email and alike:
            return contact
    return None


CONTACT_WORDS = {
    "position": Column.POSITION.word,
    "email": Column.EMAIL.word,
    "phone": Column.PHONE.word,
    "preferred_language": Column.LANGUAGE.word,
    "preferred_channel": Column.CHANNEL.word,
    "relation_kind": Column.RELATION.word,
    "is_deputy": Column.DEPUTY.word,
    "active_from": Column.SINCE.word,
    "active_until": Column.UNTIL.word,
}
