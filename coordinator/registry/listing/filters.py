"""What a list of organisations is cut by, as it stands in an address and in a saved list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from coordinator.registry.listing import criteria
from coordinator.registry.models import OrgStatus, OrgType
from coordinator.wording import one_line

ATTENTION = "ilgi"
OLD, FRESH = "eski", "yeni"
LONGEST_SEARCH, LONGEST_VALUE, MOST_VALUES = 200, 60, 100


@dataclass(frozen=True)
class Filters:
    """What a list of organisations is cut by; names are those of the page's address.

    Of several values of one filter an organisation needs one; of several filters, all.
    """

    ara: str = ""
    ilce: tuple[str, ...] = ()
    tur: tuple[str, ...] = ()
    alan: tuple[str, ...] = ()
    hedef: tuple[str, ...] = ()
    durum: str = ""
    tazelik: str = ""
    """Checked within a year ("yeni"), or not ("eski")."""
    more: tuple[tuple[str, str], ...] = ()
    """The criteria that other packages added: (name, value)."""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Filters":
        """Return the filters of an address, a form or a saved list; unknown codes are left out."""
        status, age = _first(values, "durum"), _first(values, "tazelik")
        return cls(
            ara=_first(values, "ara", LONGEST_SEARCH),
            ilce=_all(values, "ilce"),
            tur=tuple(code for code in _all(values, "tur") if code in list(OrgType)),
            alan=_all(values, "alan"),
            hedef=_all(values, "hedef"),
            durum=status if status in [ATTENTION, *OrgStatus] else "",
            tazelik=age if age in {OLD, FRESH} else "",
            more=_criteria(values),
        )

    def __bool__(self) -> bool:
        return self != _NONE

    def first(self, name: str) -> str:
        """Return a filter's only or first value, as a select field shows it."""
        values = getattr(self, name, "") if name in _FIELDS else dict(self.more).get(name, "")
        return values if isinstance(values, str) else next(iter(values), "")

    def without(self, name: str, value: str | None = None) -> "Filters":
        """Return the filters less one, or less one of its values."""
        if name not in _FIELDS:
            return replace(self, more=tuple(pair for pair in self.more if pair[0] != name))
        left: Any = ""
        if name in _SEVERAL:
            left = tuple(one for one in getattr(self, name) if value not in (None, one))
        return replace(self, **{name: left})

    def pairs(self) -> list[tuple[str, str]]:
        """Return each value with the name of its filter."""
        told: list[tuple[str, str]] = []
        for name in _FIELDS:
            values = getattr(self, name)
            told += [(name, one) for one in ((values,) if isinstance(values, str) else values)]
        return [(name, value) for name, value in (*told, *self.more) if value]

    def as_query(self) -> dict[str, str | list[str]]:
        """Return what stands in the address for these filters, and in a saved list."""
        query: dict[str, str | list[str]] = {}
        for name, value in self.pairs():
            if name in _SEVERAL:
                query[name] = [*query.get(name, []), value]
            else:
                query[name] = value
        return query


_NONE = Filters()
_FIELDS = tuple(one.name for one in fields(Filters) if one.name != "more")
_SEVERAL = frozenset(name for name in _FIELDS if getattr(_NONE, name) == ())


def _values(values: Mapping[str, Any], name: str) -> Iterable[Any]:
    if hasattr(values, "getlist"):
        return list(values.getlist(name))
    found = values.get(name)
    return found if isinstance(found, list | tuple) else [found]


def _all(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    read = (_clean(one, LONGEST_VALUE) for one in _values(values, name))
    return tuple(dict.fromkeys(one for one in read if one))[:MOST_VALUES]


def _first(values: Mapping[str, Any], name: str, longest: int = LONGEST_VALUE) -> str:
    return next((_clean(one, longest) for one in _values(values, name)), "")


def _clean(value: Any, longest: int) -> str:
    """Return the text as it stays, however often it is read again."""
    text, before = str(value or ""), None
    while text != before:
        before, text = text, one_line(text)[:longest]
    return text


def _criteria(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    read = ((one, _first(values, name)) for name, one in criteria.known().items())
    return tuple(
        (one.name, value)
        for one, value in read
        if value and (one.kept or any(value == code for code, _words in one.choices()))
    )
