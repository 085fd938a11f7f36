"""Puts organisations that an import changed back to what they were, with few statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.registry import search
from coordinator.registry.importing.planning.known import AT_ONCE
from coordinator.registry.importing.storing import bulk, writing
from coordinator.registry.importing.undo import standing
from coordinator.registry.importing.undo.wording import value_of
from coordinator.registry.models import (
    Contact,
    Organization,
    OrganizationName,
    organization_umbrella,
)
from coordinator.registry.operations.access import give_access, take_back_access
from coordinator.registry.operations.contacts import settle_primary

if TYPE_CHECKING:
    from coordinator.registry.importing.undo.undoing import Undone

Address = tuple[int, str]
"""An e-mail address at an organisation."""
Rows = dict[tuple[str, ...], list[dict[str, Any]]]


def put_back(going_back: Sequence["Undone"]) -> None:
    """Write what stood there before an import changed it."""
    _put_values(going_back)
    _put_lists(going_back)
    lost, found = _put_contacts(going_back)
    db.session.expire_all()
    search.reindex([one.id for one in going_back])
    _settle_primaries(going_back)
    _settle_access(lost, found)


def _put_values(going_back: Sequence["Undone"]) -> None:
    """Each of them counts a version: much of what goes back stands in other tables."""
    by_columns: Rows = defaultdict(list)
    for one in going_back:
        assert one.before is not None
        old = {name: value_of(name, was) for name, (was, _new) in standing.changed_values(
            one.before, one.after).items()}  # fmt: skip
        if {"name", "short_name"} & old.keys():
            old |= bulk.keys({**one.now["values"], **old})
        if "parent" in old:
            old["parent_id"] = old.pop("parent")
        by_columns[tuple(old)].append({**old, "the_id": one.id})
    bulk.update(Organization, by_columns)


def _put_lists(going_back: Sequence["Undone"]) -> None:
    for name, table, term in bulk.LINKS:
        ids = dict(db.session.execute(sa.select(term.code, term.id)).all())
        column = next(one for one in table.c if one.name != "organization_id")
        added = _added(going_back, name)
        _take_out(column, [(number, ids[code]) for number, code in added if code in ids])
    _take_out(organization_umbrella.c.umbrella_id, _added(going_back, "umbrellas"))
    _take_out(cast(Any, OrganizationName.__table__).c.name, _added(going_back, "names"))


def _added(going_back: Sequence["Undone"], name: str) -> list[tuple[int, Any]]:
    """Return what the import added to one of the lists, with whose it is."""
    return [
        (one.id, entry)
        for one in going_back
        if one.before is not None
        for entry in standing.added(one.before, one.after, name)
    ]


def _take_out(column: sa.Column[Any], entries: Sequence[tuple[int, Any]]) -> None:
    table = column.table
    ours = table.c.organization_id == sa.bindparam("the_id")
    statement = sa.delete(table).where(ours, column == sa.bindparam("entry"))
    rows = [{"the_id": number, "entry": entry} for number, entry in entries]
    if rows:
        db.session.connection().execute(statement, rows)


def _put_contacts(going_back: Sequence["Undone"]) -> tuple[list[Address], list[Address]]:
    """Return the addresses that were lost, and those that came back."""
    lost: list[Address] = []
    found: list[Address] = []
    gone: list[int] = []
    by_columns: Rows = defaultdict(list)
    for one in going_back:
        assert one.before is not None
        had, left = standing.contacts(one.before), standing.contacts(one.after)
        for number, stands in standing.contacts(one.now).items():
            if number in left and number not in had:
                gone.append(number)
                lost.append((one.id, stands["email"]))
            elif number in left and (differs := standing.differing(had[number], left[number])):
                old = {name: value_of(name, had[number][name]) for name in differs}
                if "full_name" in old:
                    old |= bulk.person_keys(old["full_name"])
                if "email" in old:
                    lost.append((one.id, stands["email"]))
                    found.append((one.id, old["email"]))
                by_columns[tuple(old)].append({**old, "the_id": number})
    for chunk in _chunks(gone):
        db.session.connection().execute(
            sa.delete(cast(sa.Table, Contact.__table__)).where(Contact.id.in_(chunk))
        )
    bulk.update(Contact, by_columns)
    return lost, found


def _settle_primaries(going_back: Sequence["Undone"]) -> None:
    """Somebody else of the organisation may have to follow the contact who went."""
    touched = [one.id for one in going_back if one.before and _people_differ(one.before, one.after)]
    active = sa.or_(Contact.active_until.is_(None), Contact.active_until > clock.today())
    primaries = sa.func.count(sa.case((Contact.is_primary, 1)))
    for chunk in _chunks(touched):
        unsettled = (
            sa.select(Contact.organization_id)
            .where(Contact.organization_id.in_(chunk), active)
            .group_by(Contact.organization_id)
            .having(primaries != 1)
        )
        asked = sa.select(Organization).where(Organization.id.in_(unsettled))
        for organization in db.session.scalars(asked).all():
            settle_primary(organization, None)
    db.session.flush()


def _people_differ(before: standing.State, after: standing.State) -> bool:
    return bool(before["contacts"] != after["contacts"])


def _settle_access(lost: Iterable[Address], found: Iterable[Address]) -> None:
    """Let accounts of representatives act for whoever names their address now, and no other."""
    accounts = writing.representatives({address for _number, address in (*lost, *found) if address})
    for deed, addresses in ((take_back_access, lost), (give_access, found)):
        for number, address in addresses:
            if address in accounts:
                deed(db.session.get_one(Organization, number), address)


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
