"""Says in words what goes back when an import is taken back."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator.extensions import db
from coordinator.i18n import language
from coordinator.registry.importing.planning.changes import Change, shown
from coordinator.registry.importing.planning.merging import WORDS
from coordinator.registry.importing.planning.merging_people import CONTACT_WORDS
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.importing.undo import standing
from coordinator.registry.models import (
    Channel,
    District,
    Organization,
    OrgStatus,
    OrgType,
    RelationKind,
    TargetGroup,
    WorkArea,
)

if TYPE_CHECKING:
    from coordinator.registry.importing.undo.undoing import Undone

_KINDS: dict[str, Any] = {
    "org_type": OrgType,
    "status": OrgStatus,
    "preferred_channel": Channel,
    "relation_kind": RelationKind,
    "active_from": date.fromisoformat,
    "active_until": date.fromisoformat,
}
_WORDS: dict[str, LazyString | str] = {
    **WORDS,
    **CONTACT_WORDS,
    "email": Column.EMAIL.word,
    "phone": Column.PHONE.word,
    "notes": Column.NOTES.word,
    "unreadable_email": Column.UNREADABLE.word,
    "full_name": Column.PERSON.word,
    "is_primary": _l("Primary contact"),
    "areas": Column.AREAS.word,
    "groups": Column.TARGETS.word,
    "parent": Column.PARENT.word,
    "umbrellas": Column.UMBRELLAS.word,
    "names": Column.FORMER.word,
    "contacts": _l("Contacts"),
}


def word(name: str) -> LazyString | str:
    """Return what people call a fact of an organisation."""
    return _WORDS.get(name, name)


def value_of(name: str, kept: Any) -> Any:
    """Return a value of the journal as a record holds it."""
    return _KINDS[name](kept) if name in _KINDS and kept is not None else kept


def changed(one: "Undone") -> list[str]:
    """Return the names of what goes back."""
    assert one.before is not None
    names = list(standing.changed_values(one.before, one.after))
    names += [name for name in standing.LISTS if standing.added(one.before, one.after, name)]
    if one.before["contacts"] != one.after["contacts"]:
        names.append("contacts")
    return sorted(names)


class Words:
    """Says what goes back of these in the words of the preview, the other way round."""

    def __init__(self, told: Iterable["Undone"]) -> None:
        ids = {number for one in told for number in _tied(one)}
        asked = sa.select(Organization.id, Organization.name).where(Organization.id.in_(ids))
        self._names = dict(db.session.execute(asked).all()) if ids else {}

    def changes(self, one: "Undone") -> list[Change]:
        assert one.before is not None
        before, after = one.before, one.after
        found = [
            Change(word(name), self._shown(name, new), self._shown(name, old))
            for name, (old, new) in standing.changed_values(before, after).items()
        ]
        for name in standing.LISTS:
            gone = standing.added(before, after, name)
            if gone:
                told = ", ".join(self._shown(name, entry) for entry in gone)
                found.append(Change(word(name), told, ""))
        return [*found, *self._contacts(before, after)]

    def _contacts(self, before: standing.State, after: standing.State) -> list[Change]:
        had = standing.contacts(before)
        found = []
        for number, left in standing.contacts(after).items():
            if number not in had:
                found.append(Change(Column.PERSON.word, left["full_name"], ""))
                continue
            for name in standing.differing(had[number], left):
                what = f"{left['full_name']}, {word(name)}"
                then, now = self._shown(name, had[number][name]), self._shown(name, left[name])
                found.append(Change(what, now, then))
        return found

    def _shown(self, name: str, kept: Any) -> str:
        if kept in (None, ""):
            return ""
        if name == "district_id":
            return self._districts.get(kept, "")
        if name in ("areas", "groups"):
            return self._terms.get(kept, str(kept))
        if name in ("parent", "umbrellas"):
            return self._names.get(kept, "")
        return shown(name, value_of(name, kept))

    @cached_property
    def _districts(self) -> dict[int, str]:
        return dict(db.session.execute(sa.select(District.id, District.name)).all())

    @cached_property
    def _terms(self) -> dict[str, str]:
        terms = [*db.session.scalars(sa.select(WorkArea)), *db.session.scalars(
            sa.select(TargetGroup))]  # fmt: skip
        return {one.code: one.name(language()) for one in terms}


def _tied(one: "Undone") -> Iterator[int]:
    """Give the organisations that are named where a head or umbrellas go back."""
    for state in filter(None, (one.before, one.after)):
        yield from state["umbrellas"]
        if state["parent"] is not None:
            yield state["parent"]
