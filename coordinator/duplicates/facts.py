"""What is known of an organisation, fact by fact: how two values become one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator import i18n
from coordinator.registry.models import Organization


class Pick(StrEnum):
    """Whose value stays."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True)
class Fact:
    """A column of the record. `shown` is its value in words; `joined` makes one text of two."""

    name: str
    label: LazyString
    shown: Callable[[Organization], str]
    joined: Callable[[str, str], str] | None = None
    to_notes: bool = False
    """Where both are kept, does the second one go to the notes?"""

    @property
    def may_keep_both(self) -> bool:
        return self.joined is not None or self.to_notes

    def differs(self, kept: Organization, other: Organization) -> bool:
        """Do both have a value, and not the same?"""
        one, two = getattr(kept, self.name), getattr(other, self.name)
        return _is_known(one) and _is_known(two) and one != two

    def first_pick(self, kept: Organization, other: Organization) -> Pick:
        """Return what is chosen unless somebody decides otherwise: nothing is lost."""
        if not _is_known(getattr(kept, self.name)):
            return Pick.OTHER
        return Pick.BOTH if self.may_keep_both and self.differs(kept, other) else Pick.KEPT


@dataclass(frozen=True)
class Choices:
    """What somebody decided; whatever is left out is decided safely.

    None stands for everything that either of the two has.
    """

    picks: Mapping[str, Pick] = field(default_factory=dict)
    work_areas: frozenset[int] | None = None
    target_groups: frozenset[int] | None = None
    umbrellas: frozenset[int] | None = None
    same_people: frozenset[int] | None = None
    """Ids of the other's contacts that are the same person as one of the kept record's."""

    def pick(self, fact: Fact, kept: Organization, other: Organization) -> Pick:
        if not fact.differs(kept, other):
            return fact.first_pick(kept, other)
        picked = self.picks.get(fact.name, fact.first_pick(kept, other))
        return Pick.KEPT if picked is Pick.BOTH and not fact.may_keep_both else picked


def values(kept: Organization, other: Organization, choices: Choices) -> dict[str, Any]:
    """Return what the kept record holds after the merge, by column."""
    found: dict[str, Any] = {}
    notes = []
    for fact in FACTS:
        one, two = getattr(kept, fact.name), getattr(other, fact.name)
        pick = choices.pick(fact, kept, other)
        found[fact.name] = two if pick is Pick.OTHER else one
        if pick is Pick.BOTH and fact.joined is not None:
            found[fact.name] = fact.joined(one, two)
        elif pick is Pick.BOTH:
            notes.append(f"{fact.label}: {fact.shown(other)}")
    found["notes"] = "\n".join(filter(None, [found["notes"], *notes]))
    unreadable = kept.unreadable_email or other.unreadable_email
    found["unreadable_email"] = "" if found["email"] else unreadable
    return found


def differing(kept: Organization, other: Organization) -> Iterator[Fact]:
    """Yield the facts on which the two records disagree."""
    return (fact for fact in FACTS if fact.differs(kept, other))


def _is_known(value: Any) -> bool:
    return value not in (None, "", False)


def _lines(one: str, two: str) -> str:
    return f"{one}\n\n{two}"


def _within(most: int, between: str) -> Callable[[str, str], str]:
    """Return a joiner whose text fits its column; what does not fit is not begun."""

    def join(one: str, two: str) -> str:
        text = f"{one}{between}{two}"
        return text if len(text) <= most else one

    return join


def _text(name: str) -> Callable[[Organization], str]:
    return lambda one: str(getattr(one, name) or "")


def _word(name: str) -> Callable[[Organization], str]:
    return lambda one: str(getattr(one, name).word)


def _yes(name: str) -> Callable[[Organization], str]:
    return lambda one: _("Yes") if getattr(one, name) else _("No")


def _day(value: date | None) -> str:
    return i18n.typed(value)


FACTS = (
    Fact("name", _l("Name"), _text("name")),
    Fact("short_name", _l("Short name"), _text("short_name")),
    Fact("org_type", _l("Kind"), _word("org_type")),
    Fact("status", _l("Status"), _word("status")),
    Fact("registry_no", _l("Register number"), _text("registry_no")),
    Fact("tax_no", _l("Tax number"), _text("tax_no"), to_notes=True),
    Fact("public_benefit", _l("Works for the public benefit"), _yes("public_benefit")),
    Fact("tax_exempt", _l("Exempt from tax"), _yes("tax_exempt")),
    Fact("parent_id", _l("Belongs to"), lambda one: one.parent.name if one.parent else ""),
    Fact("district_id", _l("District"), lambda one: one.district.name if one.district else ""),
    Fact("address", _l("Address"), _text("address"), to_notes=True),
    Fact("email", _l("E-mail"), _text("email"), to_notes=True),
    Fact("phone", _l("Phone"), lambda one: i18n.phone(one.phone), to_notes=True),
    Fact("website", _l("Website"), _text("website"), to_notes=True),
    Fact("kep", _l("KEP address"), _text("kep"), to_notes=True),
    Fact("founded_year", _l("Founded in"), _text("founded_year")),
    Fact("protocol_order", _l("Order of precedence"), _text("protocol_order")),
    Fact("source", _l("Where we know it from"), _text("source"), joined=_within(200, "; ")),
    Fact("verified_at", _l("Details checked on"), lambda one: _day(one.verified_at)),
    Fact("notes", _l("Notes of the branch"), _text("notes"), joined=_lines),
)
