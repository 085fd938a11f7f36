"""Brings what a row says into the picture, and tells what that changes."""

from typing import Any

from coordinator.i18n import language
from coordinator.registry.importing.planning.changes import Change, shown
from coordinator.registry.importing.planning.known import Known, empty_values
from coordinator.registry.importing.planning.matching import Index
from coordinator.registry.importing.planning.merging_people import merge_people
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.importing.reading.readings import NOTES, Reached, Reading
from coordinator.registry.importing.reading.words import (
    Areas,
    Districts,
    Groups,
    folded,
    kind_by_name,
)
from coordinator.registry.models import OrgType


class Merger:
    """Changes the picture row by row."""

    def __init__(self, index: Index, districts: Districts, areas: Areas, groups: Groups) -> None:
        self.index, self.districts = index, districts
        self.areas, self.groups = areas, groups

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
        known.areas, known.groups = list(reading.areas), list(reading.groups)
        self._former_names(known, reading)
        merge_people(known, reading, reached)
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
        changes += self._terms(known, reading)
        changes += self._former_names(known, reading)
        changes += self._notes(known, _lines(reading, reached))
        changes += merge_people(known, reading, reached, sure=sure)
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
        if attribute == "district_id" and value:
            return self.districts.names[value]
        return shown(attribute, value)

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

    def _terms(self, known: Known, reading: Reading) -> list[Change]:
        """Add fields of work and target groups; none is taken away."""
        english = language() == "en"
        changes = []
        for what, column, terms, have, given in (
            ("areas", Column.AREAS, self.areas, known.areas, reading.areas),
            ("groups", Column.TARGETS, self.groups, known.groups, reading.groups),
        ):
            new = [code for code in given if code not in have]
            if new:
                names = [terms.names[code][english] for code in new]
                changes.append(Change(column.word, "", ", ".join(names)))
                have += new
                known.changed.add(what)
        return changes

    def _former_names(self, known: Known, reading: Reading) -> list[Change]:
        """Add names that the organisation had, so that it is found under them."""
        have = {folded(known.name), *map(folded, known.other_names)}
        new = [name for name in reading.former_names if folded(name) not in have]
        if not new:
            return []
        known.other_names += new
        known.changed.add("other_names")
        return [Change(Column.FORMER.word, "", "; ".join(new))]

    def _notes(self, known: Known, lines: list[str]) -> list[Change]:
        stored = known.values["notes"]
        have = {folded(line) for line in stored.split("\n")}
        new = [line for line in lines if line.strip() and folded(line) not in have]
        if not new or "\n".join(lines) == stored:
            return []
        known.put("notes", "\n".join([*filter(None, [stored]), *new]))
        return [Change(Column.NOTES.word, "", "; ".join(new))]

    def keep(self, known: Known, column: Column, text: str) -> list[Change]:
        """Keep in the notes of an organisation what fits nowhere else."""
        return self._notes(known, [f"{NOTES[column]}: {text}"])

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


def _lines(reading: Reading, reached: Reached) -> list[str]:
    """Return what a row adds to the notes."""
    return [*reading.notes, *(f"{NOTES[column]}: {text}" for column, text in reached.left_over)]


WORDS = {
    "name": Column.NAME.word,
    "short_name": Column.SHORT_NAME.word,
    "org_type": Column.KIND.word,
    "status": Column.STATUS.word,
    "registry_no": Column.REGISTRY_NO.word,
    "tax_no": Column.TAX_NO.word,
    "public_benefit": Column.PUBLIC_BENEFIT.word,
    "tax_exempt": Column.TAX_EXEMPT.word,
    "district_id": Column.DISTRICT.word,
    "address": Column.ADDRESS.word,
    "website": Column.WEBSITE.word,
    "email": Column.ORG_EMAIL.word,
    "phone": Column.ORG_PHONE.word,
    "kep": Column.KEP.word,
    "protocol_order": Column.PROTOCOL.word,
    "founded_year": Column.FOUNDED.word,
}
