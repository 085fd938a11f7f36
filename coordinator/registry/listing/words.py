"""The filters of a list of organisations in the reader's words, and what each offers."""

from functools import cache
from typing import Any

from flask_babel import gettext as _

from coordinator.i18n import language
from coordinator.registry import queries
from coordinator.registry.listing import criteria
from coordinator.registry.listing.filters import ATTENTION, FRESH, OLD, Filters
from coordinator.registry.models import OrgStatus, OrgType
from coordinator.registry.queries import TermName
from coordinator.states import Shown

Choices = list[tuple[str, Any]]


@cache
def words_of(kind: type[Shown], _language: str) -> dict[str, str]:
    """Return the words of an enumeration in the reader's language; a list asks for dozens."""
    return {member.value: str(member.word) for member in kind}


def choices() -> dict[str, Choices]:
    """Return what each filter offers, by the name of the filter."""
    shown = language()
    return {
        "ilce": [(one.slug, one.name) for one in queries.district_names()],
        "tur": list(words_of(OrgType, shown).items()),
        "alan": list(queries.work_area_names(shown)),
        "hedef": list(queries.target_group_names(shown)),
        "durum": [(ATTENTION, _("Needs attention")), *words_of(OrgStatus, shown).items()],
        "tazelik": [
            (OLD, _("Not checked for a year")),
            (FRESH, _("Checked within a year")),
        ],
    }


def labels() -> dict[str, str]:
    """Return what each filter is called."""
    return {
        "ilce": _("District"),
        "tur": _("Kind"),
        "alan": _("Field of work"),
        "hedef": _("Target group"),
        "durum": _("Status"),
        "tazelik": _("Details"),
    }


def each(filters: Filters) -> list[tuple[str, str, str]]:
    """Return (filter, value, words) of each value, in the order of the filter bar."""
    offered = {name: dict(pairs) for name, pairs in choices().items()}
    return [(name, value, _said(name, value, offered)) for name, value in filters.pairs()]


def described(filters: Filters) -> list[str]:
    """Return each filter in the reader's words: "Konak", "Field of work: …"."""
    return [words for _name, _value, words in each(filters)]


def _said(name: str, value: str, offered: dict[str, dict[str, Any]]) -> str:
    if name == "ara":
        return f"“{value}”"
    if name == "alan":
        return f"{_('Field of work')}: {_term(queries.work_area_terms(), value)}"
    if name == "hedef":
        return f"{_('Target group')}: {_term(queries.target_group_terms(), value)}"
    if name in offered:
        return str(offered[name].get(value, value))
    criterion = criteria.known()[name]
    return f"{criterion.label}: {dict(criterion.choices()).get(value, value)}"


def _term(terms: list[TermName], code: str) -> str:
    found = queries.standing_for(terms, code)
    return found.name(language()) if found else code
