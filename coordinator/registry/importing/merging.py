"""Brings what a row says into the picture, and tells what that changes."""

from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l
from rapidfuzz import fuzz

from coordinator.i18n import language
from coordinator.i18n import phone as shown_phone
from coordinator.registry.importing.columns import Column
from coordinator.registry.importing.known import Known, KnownContact, empty_values
from coordinator.registry.importing.matching import Index
from coordinator.registry.importing.reading import NOTES, Reached, Reading
from coordinator.registry.importing.words import Areas, Districts, folded, kind_by_name
from coordinator.registry.models import Channel, OrgType
from coordinator.states import Shown

SAME_PERSON = 85
_PHONES = {"phone"}


@dataclass(frozen=True)
class Change:
    """One thing that a row changes: what, what stood there, what will stand there."""

    what: LazyString | str
    before: str
    after: str


class Merger:
    """Changes the picture row by row."""

    def __init__(self, index: Index, districts: Districts, areas: Areas) -> None:
        self.index, self.districts, self.areas = index, districts, areas

    def create(self, reading: Reading, reached: Reached) -> Known:
        """Take a new organisation into the picture."""
        values = empty_values()
        known = Known(None, "", 1, values, row=reading.row, code=reading.code)
        given = {name: value for name, value in reading.values.items() if value}
        values.update(given, name=reading.name, registry_no=None)
        if not reading.values["org_type"]:
            values["org_type"] = kind_by_name(reading.name) or OrgType.OTHER
        self._number(known, reading)
        values["email"], values["phone"] = reached.org_email, reached.org_phone
        known.areas = list(reading.areas)
        self._contact(known, reading, reached)
        values["notes"] = "\n".join(_lines(reading, reached))
        self._bad_addresses(known, reading)
        known.named_by_list = True
        self.index.add(known)
        return known

    def merge(
        self, known: Known, reading: Reading, reached: Reached, *, sure: bool = True
    ) -> list[Change]:
        """Bring a row into an organisation of the picture.

        The first row that surely means it may change what stands there; the others only fill
        what is empty. Read again, the same list then changes nothing.
        """
        first = sure and not known.named_by_list
        changes: list[Change] = []
        offered = {
            **reading.values,
            "email": self._own(known, reached.org_email, reading),
            "phone": reached.org_phone,
        }
        if reading.code:
            offered["name"] = reading.name
        offered.pop("registry_no")
        for attribute, value in offered.items():
            stored = known.values[attribute]
            if value and value != stored and (not stored or first):
                changes.append(self._change(known, attribute, value))
                known.put(attribute, value)
        changes += self._number(known, reading)
        self._areas(known, reading, changes)
        self._notes(known, _lines(reading, reached), changes)
        changes += self._contact(known, reading, reached, sure=sure)
        before = known.values["unreadable_email"]
        if self._bad_addresses(known, reading, first=first):
            after = known.values["unreadable_email"]
            changes.append(Change(Column.UNREADABLE.word, before, after))
        known.named_by_list = known.named_by_list or sure
        self.index.note_number(known)
        self.index.note_addresses(known)
        return changes

    def note_alias(self, known: Known, reading: Reading) -> None:
        """Keep under which name a list meant the organisation, so that nobody is asked again."""
        if folded(reading.name) != folded(known.name):
            reading.note(Column.NAME, reading.name)

    def _own(self, known: Known, email: str, reading: Reading) -> str:
        """Return the organisation's own address, unless one of its people has it already."""
        explicit = reading.org_email or reading.person
        taken = not explicit and any(one.email == email for one in known.contacts)
        return "" if taken else email

    def _change(self, known: Known, attribute: str, value: Any) -> Change:
        what = WORDS[attribute]
        return Change(what, self.shown(attribute, known.values[attribute]),
                      self.shown(attribute, value))  # fmt: skip

    def shown(self, attribute: str, value: Any) -> str:
        """Return a value as people read it."""
        if not value:
            return ""
        if attribute == "district_id":
            return self.districts.names[value]
        if attribute in _PHONES:
            return shown_phone(value)
        return str(value.word) if isinstance(value, Shown) else str(value)

    def _number(self, known: Known, reading: Reading) -> list[Change]:
        """Give a register number only where nobody else has it; it is one organisation's."""
        number, stored = reading.values["registry_no"], known.values["registry_no"]
        if not number or number == stored:
            return []
        if not stored and number not in self.index.numbers:
            change = self._change(known, "registry_no", number)
            known.put("registry_no", number)
            return [change]
        reading.note(Column.REGISTRY_NO, number)
        return []

    def _areas(self, known: Known, reading: Reading, changes: list[Change]) -> None:
        new = [code for code in reading.areas if code not in known.areas]
        if new:
            english = language() == "en"
            names = [self.areas.names[code][english] for code in new]
            changes.append(Change(Column.AREAS.word, "", ", ".join(names)))
            known.areas += new
            known.changed.add("areas")

    def _notes(self, known: Known, lines: list[str], changes: list[Change]) -> None:
        stored = known.values["notes"]
        have = {folded(line) for line in stored.split("\n")}
        new = [line for line in lines if line.strip() and folded(line) not in have]
        if new and "\n".join(lines) != stored:
            changes.append(Change(Column.NOTES.word, "", "; ".join(new)))
            known.put("notes", "\n".join([*filter(None, [stored]), *new]))

    def _bad_addresses(self, known: Known, reading: Reading, *, first: bool = True) -> bool:
        """Mark what stands where an address should be, unless they are reached by another one.

        Beside another address it is kept in the notes, but only while the list is new: what
        somebody put right in Paydaş meanwhile is not brought back by the old list.
        """
        text = "; ".join(reading.bad_emails)[:300]
        stored = known.values["unreadable_email"]
        if text == stored:
            return False
        if text and (first or not stored) and (reading.code or not known.reached_by_email):
            known.put("unreadable_email", text)
            return True
        if not text and stored and first and known.id and known.reached_by_email:
            known.put("unreadable_email", "")
            return True
        line = f"{NOTES[Column.EMAIL]}: {text}"
        if text and known.id is None and line not in known.values["notes"].split("\n"):
            known.values["notes"] = "\n".join([*filter(None, [known.values["notes"]]), line])
        return False

    def _contact(
        self, known: Known, reading: Reading, reached: Reached, *, sure: bool = True
    ) -> list[Change]:
        if not reading.person:
            return []
        given: dict[str, Any] = {
            "position": reading.position,
            "email": reached.contact_email,
            "phone": reached.contact_phone,
            "preferred_language": reading.language,
            "preferred_channel": Channel(reading.channel) if reading.channel else None,
        }
        contact = _same_person(known, reading.person, reached.contact_email)
        if contact is None:
            kept = {name: value for name, value in given.items() if value}
            contact = KnownContact(None, reading.person, **kept)
            contact.named_by_list = sure
            known.contacts.append(contact)
            shown = ", ".join(filter(None, [reading.person, reading.position, contact.email]))
            return [Change(_l("New contact person"), "", shown)]
        if contact.active_until is not None:
            reading.corrections.append((gettext("No longer a contact person"), contact.full_name))
            return []
        return self._contact_changes(contact, given, sure=sure)

    def _contact_changes(
        self, contact: KnownContact, given: dict[str, Any], *, sure: bool
    ) -> list[Change]:
        first = sure and not contact.named_by_list
        changes = []
        for attribute, value in given.items():
            stored = getattr(contact, attribute)
            if not value or value == stored or (stored and not first):
                continue
            what = f"{contact.full_name}, {CONTACT_WORDS[attribute]}"
            before, after = self.shown(attribute, stored), self.shown(attribute, value)
            changes.append(Change(what, before, after))
            contact.put(attribute, value)
        contact.named_by_list = contact.named_by_list or sure
        return changes


def _lines(reading: Reading, reached: Reached) -> list[str]:
    """Return what a row adds to the notes."""
    return [*reading.notes, *(f"{NOTES[column]}: {text}" for column, text in reached.left_over)]


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


WORDS = {
    "name": Column.NAME.word,
    "short_name": Column.SHORT_NAME.word,
    "org_type": Column.KIND.word,
    "status": Column.STATUS.word,
    "registry_no": Column.REGISTRY_NO.word,
    "district_id": Column.DISTRICT.word,
    "address": Column.ADDRESS.word,
    "website": Column.WEBSITE.word,
    "email": Column.ORG_EMAIL.word,
    "phone": Column.ORG_PHONE.word,
    "founded_year": Column.FOUNDED.word,
}
CONTACT_WORDS = {
    "position": Column.POSITION.word,
    "email": Column.EMAIL.word,
    "phone": Column.PHONE.word,
    "preferred_language": Column.LANGUAGE.word,
    "preferred_channel": Column.CHANNEL.word,
}
