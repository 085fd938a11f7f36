"""Adds and changes many organisations with few statements; nothing here decides anything."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import sqlalchemy as sa

from coordinator import clock, turkish
from coordinator.extensions import db
from coordinator.records import new_public_id
from coordinator.registry.importing.planning.known import (
    AT_ONCE,
    ATTRIBUTES,
    CONTACT_ATTRIBUTES,
    Known,
    KnownContact,
)
from coordinator.registry.models import (
    Contact,
    NameKind,
    Organization,
    OrganizationName,
    TargetGroup,
    WorkArea,
    organization_target_group,
    organization_umbrella,
    organization_work_area,
)

LINKS = (
    ("areas", organization_work_area, WorkArea),
    ("groups", organization_target_group, TargetGroup),
)
Named = tuple[Known, KnownContact]


def add_organizations(added: Sequence[Known], source: str) -> None:
    """Store new organisations without their people; each gets its number and address."""
    moment = clock.now()
    rows = []
    for number, known in zip(_numbers(Organization, len(added)), added, strict=True):
        known.id, known.public_id = number, new_public_id()
        rows.append(
            {
                "id": number,
                "public_id": known.public_id,
                **known.values,
                **keys(known.values),
                "source": source,
                "version": 1,
                "created_at": moment,
                "updated_at": moment,
            }
        )
    _insert(Organization.__table__, rows)


def change_organizations(changed: Iterable[Known]) -> None:
    """Bring the stored organisations in line with the picture; their versions count it."""
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for known in changed:
        if known.changed:
            values = {name: known.values[name] for name in ATTRIBUTES if name in known.changed}
            if {"name", "short_name"} & known.changed:
                values |= keys(known.values)
            if "parent" in known.changed and known.parent is not None:
                values["parent_id"] = known.parent.id
            by_columns[tuple(values)].append({**values, "the_id": known.id})
    update(Organization, by_columns)


def add_contacts(added: Sequence[Named]) -> None:
    """Store new people."""
    moment = clock.now()
    rows = []
    for number, (known, contact) in zip(_numbers(Contact, len(added)), added, strict=True):
        contact.id = number
        rows.append(
            {
                "id": number,
                "public_id": new_public_id(),
                "organization_id": known.id,
                **{name: getattr(contact, name) for name in CONTACT_ATTRIBUTES},
                "is_primary": contact.is_primary,
                **person_keys(contact.full_name),
                "version": 1,
                "created_at": moment,
                "updated_at": moment,
            }
        )
    _insert(Contact.__table__, rows)


def change_contacts(changed: Iterable[Named]) -> None:
    """Bring stored people in line with the picture."""
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for _known, contact in changed:
        values = {name: getattr(contact, name) for name in sorted(contact.changed)}
        if "full_name" in values:
            values |= person_keys(contact.full_name)
        by_columns[tuple(values)].append({**values, "the_id": contact.id})
    update(Contact, by_columns)


def link_terms(added: Iterable[Known], changed: Iterable[Known]) -> None:
    """Store which fields of work and target groups they have."""
    for name, table, term in LINKS:
        ids = dict(db.session.execute(sa.select(term.code, term.id)).all())
        column = next(one.name for one in table.columns if one.name != "organization_id")
        anew = [known for known in changed if name in known.changed]
        for start in range(0, len(anew), AT_ONCE):
            chunk = [known.id for known in anew[start : start + AT_ONCE]]
            db.session.execute(sa.delete(table).where(table.c.organization_id.in_(chunk)))
        rows = [
            {"organization_id": known.id, column: ids[code]}
            for known in (*added, *anew)
            for code in dict.fromkeys(getattr(known, name))
        ]
        _insert(table, rows)


def tie(added: Sequence[Known], changed: Iterable[Known], before: Mapping[int, Any]) -> None:
    """Store heads of new organisations, umbrellas and other names, when all have their numbers."""
    heads = [{"the_id": known.id, "parent_id": known.parent.id} for known in added if known.parent]
    update(Organization, {("parent_id",): heads} if heads else {})
    umbrellas, names = [], []
    moment = clock.now()
    for known in (*added, *changed):
        held = before.get(known.id or 0, {"umbrellas": [], "names": []})
        umbrellas += [
            {"organization_id": known.id, "umbrella_id": one.id}
            for one in known.umbrellas
            if one.id not in held["umbrellas"]
        ]
        names += [
            {
                "organization_id": known.id,
                "name": name,
                "kind": NameKind.FORMER,
                "created_at": moment,
                "updated_at": moment,
            }
            for name in known.other_names
            if name not in held["names"]
        ]
    _insert(organization_umbrella, umbrellas)
    _insert(OrganizationName.__table__, names)


def keys(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what an organisation's names are searched and sorted by."""
    name = values["name"]
    return {
        "search_key": turkish.search_key(f"{name} {values['short_name']}"),
        "sort_key": turkish.sort_key(name),
    }


def person_keys(full_name: str) -> dict[str, str]:
    """Return what a contact's name is searched and sorted by."""
    return {"search_key": turkish.search_key(full_name), "sort_key": turkish.sort_key(full_name)}


def _insert(table: sa.FromClause, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.connection().execute(sa.insert(cast(sa.Table, table)), rows)


def update(
    model: type[Organization] | type[Contact], by_columns: Mapping[tuple[str, ...], Any]
) -> None:
    """Write each group of rows that change the same columns; versions follow."""
    table = cast(sa.Table, model.__table__)
    for names, rows in by_columns.items():
        values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names}
        values |= {"version": table.c.version + 1, "updated_at": sa.bindparam("moment")}
        statement = sa.update(table).where(table.c.id == sa.bindparam("the_id")).values(values)
        moment = clock.now()
        db.session.connection().execute(
            statement,
            [
                {"the_id": row["the_id"], "moment": moment}
                | {f"new_{name}": row[name] for name in names}
                for row in rows
            ],
        )


def _numbers(model: type[Organization] | type[Contact], count: int) -> Iterable[int]:
    """Return numbers for new rows; the table is locked for others, so nobody else takes them."""
    table = cast(sa.Table, model.__table__)
    if db.engine.dialect.name == "postgresql":
        sequence = sa.func.pg_get_serial_sequence(table.name, "id")
        each = sa.func.generate_series(1, count).table_valued("value")
        return list(db.session.scalars(sa.select(sa.func.nextval(sequence)).select_from(each)))
    last = db.session.scalar(sa.select(sa.func.max(table.c.id))) or 0
    return range(last + 1, last + 1 + count)
