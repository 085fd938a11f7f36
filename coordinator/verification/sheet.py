"""A record as its organisation sees it: what the page says and what the form is filled with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from coordinator.i18n import phone as shown_phone
from coordinator.reachability import masked_email, masked_phone
from coordinator.registry.models import Contact, Organization
from coordinator.verification.facts import (
    CONTACT_FIELDS,
    CONTACT_LEFT,
    FIELDS,
    NEW_CONTACT,
    PRIVATE,
    stored,
    words,
)
from coordinator.verification.models import ProposedChange, Verification


@dataclass(frozen=True)
class Eyes:
    """Who reads: with an account everything of its organisation, by a link nobody's numbers
    and addresses but one's own, and those that one wrote down oneself."""

    contact_id: int | None = None
    everything: bool = False
    letters: tuple[int, ...] = ()
    """The letters of the question that went to the reader's own address."""

    def may_read(self, contact: Contact) -> bool:
        return self.everything or contact.id == self.contact_id

    def may_read_proposal(self, change: ProposedChange) -> bool:
        """May the reader see what is proposed there?"""
        if self.everything or change.letter_id in self.letters:
            return True
        if change.contact_id is None:
            return change.field != NEW_CONTACT
        return change.field not in PRIVATE or change.contact_id == self.contact_id


EVERYTHING = Eyes(everything=True)
"""The branch's own eyes, and those of an account that acts for the organisation."""


def masked(field: str, value: Any) -> Any:
    """Return a phone or an e-mail address as those read it whom it does not concern."""
    if not value:
        return value
    if field == "phone":
        return masked_phone(shown_phone(value))
    return masked_email(value) if field == "email" else value


@dataclass
class Person:
    """A contact; the phone and e-mail of one who is `masked` stay empty."""

    contact: str
    full_name: str
    position: str
    phone: str
    email: str
    preferred_language: str
    masked: bool
    is_primary: bool
    shown_phone: str
    shown_email: str
    left: bool = False


@dataclass
class NewPerson:
    """Somebody who is to become a contact."""

    full_name: str = ""
    position: str = ""
    phone: str = ""
    email: str = ""
    preferred_language: str = "tr"


@dataclass
class Sheet:
    """What is known of an organisation; `version` counts every change of any part of it."""

    version: int
    values: dict[str, Any]
    people: list[Person]
    came: list[NewPerson] = field(default_factory=list)
    note: str = ""

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["values"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    @property
    def facts(self) -> list[tuple[Any, str]]:
        """The organisation's own fields in words."""
        return [(label, words(name, self.values[name])) for name, label in FIELDS.items()]


def version_of(organization: Organization, verification: Verification | None) -> int:
    """Return a number that grows whenever the record, a contact or the answer is changed."""
    contacts = sum(one.version for one in organization.contacts)
    return organization.version + contacts + (verification.version if verification else 0)


def sheet_of(organization: Organization, verification: Verification | None, eyes: Eyes) -> Sheet:
    """Return the record as it is stored."""
    return Sheet(
        version=version_of(organization, verification),
        values={name: stored(organization, name) for name in FIELDS},
        people=[_person(one, eyes) for one in organization.active_contacts],
    )


def proposed_sheet(
    organization: Organization, verification: Verification | None, eyes: Eyes
) -> Sheet:
    """Return the record as it would be with what was proposed and is not decided yet."""
    sheet = sheet_of(organization, verification, eyes)
    if verification is not None:
        sheet.note = verification.note
        seen = [one for one in verification.open_changes if eyes.may_read_proposal(one)]
        _put(sheet, organization, seen)
    return sheet


def _put(sheet: Sheet, organization: Organization, changes: Sequence[ProposedChange]) -> None:
    ids = {one.id: one.public_id for one in organization.contacts}
    people = {one.contact: one for one in sheet.people}
    for change in changes:
        person = people.get(ids.get(change.contact_id or 0, ""))
        if change.field == NEW_CONTACT:
            sheet.came.append(NewPerson(**{name: change.after[name] for name in CONTACT_FIELDS}))
        elif change.contact_id is None:
            sheet.values[change.field] = change.after
        elif person is not None and change.field == CONTACT_LEFT:
            person.left = True
        elif person is not None:
            setattr(person, change.field, change.after)


def _person(contact: Contact, eyes: Eyes) -> Person:
    open_ = eyes.may_read(contact)
    values: dict[str, Any] = {
        name: "" if name in PRIVATE and not open_ else stored(contact, name)
        for name in CONTACT_FIELDS
    }
    return Person(
        **values,
        contact=contact.public_id,
        masked=not open_,
        is_primary=contact.is_primary,
        shown_phone=shown_phone(contact.phone) if open_ else masked("phone", contact.phone),
        shown_email=contact.email if open_ else masked("email", contact.email),
    )
