"""Finds which organisation a row means, and how sure that is."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from coordinator.registry.importing.planning.known import Known, standing
from coordinator.registry.importing.planning.name_index import NEARLY, NameIndex
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.importing.reading.readings import NOTES, Reading
from coordinator.registry.importing.reading.words import folded
from coordinator.registry.likeness import same_body
from coordinator.registry.models import OrgStatus

ALIAS = f"{NOTES[Column.NAME]}: "
"""Before a name in the notes under which a list meant the organisation, as somebody decided."""

LIKE = 60
"""Below this, two names under one register number or address are two organisations' names."""


class Sign(StrEnum):
    """What a row and an organisation have in common, or not."""

    NUMBER = "number"
    SAME_NAME = "same_name"
    NEAR_NAME = "near_name"
    OTHER_NAME = "other_name"
    OTHER_NUMBER = "other_number"
    OTHER_DISTRICT = "other_district"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True)
class Match:
    """The organisation that a row means. If that is not certain, somebody decides."""

    known: Known
    certain: bool
    signs: tuple[Sign, ...] = ()
    likeness: int = 100
    """How alike the names are, in per cent."""
    safe: str = "merge"
    """What happens unless somebody decides otherwise."""
    by_decision: bool = False
    """Somebody decided once that this name or record means it; such a row only fills gaps."""


class Index:
    """The picture by everything that tells organisations apart."""

    def __init__(self, picture: list[Known]) -> None:
        self.codes: dict[str, Known] = {}
        self.merged_codes: dict[str, Known] = {}
        self.numbers: dict[str, Known] = {}
        self.names: dict[str, list[Known]] = defaultdict(list)
        self.aliases: dict[str, Known] = {}
        self.addresses: dict[str, list[Known]] = defaultdict(list)
        self.near = NameIndex()
        self.all: list[Known] = []
        for known in picture:
            self.add(known)
        for merged, known in standing(picture):
            self._take_merged(merged, known)

    def add(self, known: Known) -> None:
        """Take an organisation in, be it stored or only planned."""
        self.all.append(known)
        if known.merged_into is not None:
            return
        for code in filter(None, (known.public_id, known.code)):
            self.codes.setdefault(code, known)
        self.note_number(known)
        if known.values["status"] is OrgStatus.MERGED:
            return
        for name in dict.fromkeys(folded(one) for one in known.names):
            self._note_name(known, name)
        self.note_addresses(known)
        for line in str(known.values["notes"]).split("\n"):
            if line.startswith(ALIAS):
                self.aliases.setdefault(folded(line.removeprefix(ALIAS)), known)

    def _take_merged(self, merged: Known, known: Known) -> None:
        """Let whoever names a merged record mean the one that stands for it."""
        self.merged_codes[merged.public_id] = known
        if merged.values["registry_no"]:
            self.numbers.setdefault(merged.values["registry_no"], known)
        name = folded(merged.name)
        if known not in self.names[name]:
            self._note_name(known, name)

    def _note_name(self, known: Known, name: str) -> None:
        self.names[name].append(known)
        self.near.add(known, name)

    def note_number(self, known: Known) -> None:
        if known.values["registry_no"]:
            self.numbers[known.values["registry_no"]] = known

    def note_addresses(self, known: Known) -> None:
        """Remember under which addresses and phones it is reached."""
        reached = [known.values["email"], known.values["phone"]]
        for contact in known.contacts:
            reached += [contact.email, contact.phone]
        for one in filter(None, reached):
            if known not in self.addresses[one]:
                self.addresses[one].append(known)

    def find(self, reading: Reading) -> Match | None:
        """Return the organisation that the row means, None if it is nobody known."""
        if reading.code and reading.code in self.codes:
            return Match(self.codes[reading.code], True)
        if reading.code in self.merged_codes:
            return Match(self.merged_codes[reading.code], True, by_decision=True)
        name = folded(reading.name)
        numbered = self.numbers.get(reading.values["registry_no"] or "")
        if numbered:
            alike = max(round(fuzz.token_set_ratio(name, folded(one))) for one in numbered.names)
            if alike >= LIKE:
                return Match(numbered, True, (Sign.NUMBER,), alike)
        named = self._same_name(reading, name)
        if named and named.certain:
            return named
        if name in self.aliases:
            return Match(self.aliases[name], True, (Sign.SAME_NAME,), by_decision=True)
        if numbered:
            return Match(numbered, False, (Sign.NUMBER, Sign.OTHER_NAME), alike, "separate")
        return named or self._near_name(reading, name)

    def _same_name(self, reading: Reading, name: str) -> Match | None:
        candidates = [one for one in self.names.get(name, ()) if not _told_apart(reading, one)]
        district = reading.values["district_id"]
        here = [one for one in candidates if one.values["district_id"] == district]
        somewhere = [
            one for one in candidates if district is None or one.values["district_id"] is None
        ]
        if here or len(somewhere) == 1:
            # Who has the name today comes before who had it once.
            found = min(here or somewhere, key=lambda one: folded(one.name) != name)
            if _other_number(reading, found):
                told = (Sign.SAME_NAME, Sign.OTHER_NUMBER)
                return Match(found, False, told, safe="separate")
            return Match(found, True, (Sign.SAME_NAME,))
        if not candidates:
            return None
        shared = self._shared(reading)
        best = max(candidates, key=lambda one: len(shared.get(one, ())))
        signs = shared.get(best, ())
        safe = "merge" if signs else "separate"
        return Match(best, False, (Sign.SAME_NAME, Sign.OTHER_DISTRICT, *signs), safe=safe)

    def _near_name(self, reading: Reading, name: str) -> Match | None:
        shared = self._shared(reading)
        near = dict.fromkeys(self.near.like(name, reading.values["district_id"]))
        # Who shares both an address and a phone with the row, or one of them and much of the name.
        near |= dict.fromkeys(
            one for one in shared if len(shared[one]) > 1 or _alike(name, one) >= LIKE
        )
        possible = [
            one for one in near if not _told_apart(reading, one) and not _other_number(reading, one)
        ]
        if not possible:
            return None
        best = max(possible, key=lambda one: (len(shared.get(one, ())), _alike(name, one)))
        signs = shared.get(best, ())
        alike = _alike(name, best)
        near_by = alike >= NEARLY or any(same_body(name, folded(one)) for one in best.names)
        by_name = Sign.NEAR_NAME if near_by else Sign.OTHER_NAME
        safe = "merge" if signs and near_by else "separate"
        return Match(best, False, (by_name, *signs), alike, safe)

    def _shared(self, reading: Reading) -> dict[Known, tuple[Sign, ...]]:
        """Return who shares an address or a phone with the row."""
        found: dict[Known, tuple[Sign, ...]] = {}
        emails = {*reading.emails, reading.org_email, reading.contact_email} - {""}
        phones = {*reading.phones, reading.org_phone, reading.contact_phone} - {""}
        for sign, values in ((Sign.EMAIL, emails), (Sign.PHONE, phones)):
            for known in {one for value in values for one in self.addresses.get(value, ())}:
                found[known] = (*found.get(known, ()), sign)
        return found


def _alike(name: str, known: Known) -> int:
    return max(round(fuzz.token_sort_ratio(name, folded(one))) for one in known.names)


def _other_number(reading: Reading, known: Known) -> bool:
    """Do both have a register number, and not one that was once kept for both?"""
    one, other = reading.values["registry_no"], known.values["registry_no"]
    return bool(one and other and one != other and one not in known.values["notes"])


def _told_apart(reading: Reading, known: Known) -> bool:
    """Did whoever exported the list know the two as different ones?"""
    return bool(reading.code and known.code and reading.code != known.code)
