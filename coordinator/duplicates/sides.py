"""Two records beside each other: what is known of each, and how much history it has."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator.duplicates import operations, queries
from coordinator.duplicates.queries import Suspect
from coordinator.registry import belongings
from coordinator.registry.models import Contact, Organization


@dataclass(frozen=True)
class Side:
    """A record as pages show it beside another one."""

    organization: Organization
    counts: list[tuple[LazyString, int]]
    """What belongs to it, without what there is none of."""

    @property
    def history(self) -> int:
        return sum(number for _label, number in self.counts)

    @property
    def contact(self) -> Contact | None:
        active = self.organization.active_contacts
        return active[0] if active else None


@dataclass(frozen=True)
class Couple:
    """Two records that are probably one; the one with more history is the one to keep."""

    kept: Side
    other: Side
    suspect: Suspect | None = None


def sides(ids: Collection[int]) -> dict[int, Side]:
    """Return records by id, in a few statements whatever their number."""
    found = queries.organizations(ids)
    counts = belongings.counts(list(found))
    return {number: Side(one, _counted(one, counts[number])) for number, one in found.items()}


def couples(suspects: Collection[Suspect]) -> list[Couple]:
    """Return the pairs with all that their list shows."""
    known = sides({number for one in suspects for number in (one.first, one.second)})
    return [
        Couple(*in_order(known[one.first], known[one.second]), one)
        for one in suspects
        if one.first in known and one.second in known
    ]


def in_order(one: Side, other: Side) -> tuple[Side, Side]:
    """Return first the record with more history; of equals the one that is here longer."""
    first, second = sorted((one, other), key=lambda side: (-side.history, side.organization.id))
    return first, second


def clashes(kept: Organization, other: Organization) -> list[tuple[LazyString, int]]:
    """Return what both have for the same thing, where one is the rule."""
    return [(one.label, number) for one, number in operations.clashes(kept.id, other.id)]


def _counted(
    organization: Organization, counts: list[tuple[belongings.Belonging, int]]
) -> list[tuple[LazyString, int]]:
    people = [(_l("Contacts"), len(organization.contacts))] if organization.contacts else []
    return [*people, *((one.label, number) for one, number in counts if number)]
