"""Compares pictures of the journal: what an import found, what it left, what stands there now."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from coordinator.extensions import db
from coordinator.registry import queries
from coordinator.registry.importing.planning.known import AT_ONCE
from coordinator.registry.models import Organization

State = Mapping[str, Any]
LISTS = ("areas", "groups", "umbrellas", "names")
"""What an import only adds to; what it added is taken out again, whatever else stands there."""


class Terms:
    """What codes of the journal mean today: entries of lists may have been merged since."""

    def __init__(self) -> None:
        lists = {"areas": queries.work_area_terms(), "groups": queries.target_group_terms()}
        self._today = {
            name: {one.code: stands.code for one in terms
                   if (stands := queries.standing_for(terms, one.code))}
            for name, terms in lists.items()
        }  # fmt: skip

    def today(self, state: State) -> State:
        """Return a state with each entry as it is called now, once."""
        return {
            **state,
            **{
                name: list(dict.fromkeys(meant.get(code, code) for code in state[name]))
                for name, meant in self._today.items()
            },
        }


def changed_values(before: State, after: State) -> dict[str, tuple[Any, Any]]:
    """Return which values an import changed: what stood there, and what it put there."""
    old, new = _values(before), _values(after)
    return {name: (old.get(name), value) for name, value in new.items() if old.get(name) != value}


def _values(state: State) -> dict[str, Any]:
    return {**state["values"], "parent": state["parent"]}


def value(state: State, name: str) -> Any:
    return _values(state).get(name)


def added(before: State, after: State, name: str) -> list[Any]:
    """Return what an import added to one of LISTS."""
    return [one for one in after[name] if one not in before[name]]


def contacts(state: State) -> dict[int, dict[str, Any]]:
    """Return the contacts of a state by their id."""
    return {one["id"]: one for one in state["contacts"]}


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return in which of the facts that both know two contacts, or two states' values, differ."""
    return [name for name in one if name in other and one[name] != other[name]]


def edited(after: State, now: State) -> list[str]:
    """Return what somebody changed of an organisation since an import left it."""
    found = differing(_values(after), _values(now))
    for name in LISTS:
        if sorted(map(str, after[name])) != sorted(map(str, now[name])):
            found.append(name)
    left, here = contacts(after), contacts(now)
    if left.keys() != here.keys() or any(differing(left[i], here[i]) for i in left):
        found.append("contacts")
    return found


def references(
    key: InstrumentedAttribute[int], ids: Iterable[int], leaving_out: set[str]
) -> dict[int, int]:
    """Return how many rows of other tables name each of these records by a foreign key."""
    wanted = list(ids)
    found: dict[int, int] = {}
    (column,) = sa.inspect(key.class_).primary_key
    for table in Organization.metadata.sorted_tables:
        if table.name in leaving_out:
            continue
        for own in table.c:
            if own.references(column):
                for start in range(0, len(wanted), AT_ONCE):
                    counted = (
                        sa.select(own, sa.func.count())
                        .where(own.in_(wanted[start : start + AT_ONCE]))
                        .group_by(own)
                    )
                    for number, count in db.session.execute(counted):
                        found[number] = found.get(number, 0) + count
    return found
