"""Writes down what an import did to each organisation, so that it can be taken back.

A picture holds {"values": each of known.ATTRIBUTES, "areas": codes, "groups": codes, "contacts":
[{"id", each of known.CONTACT_ATTRIBUTES, "is_primary"}], "names": other names, "parent": a row's
number or None, "umbrellas": rows' numbers}; enumerations by their codes, days as ISO text.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.registry.importing.planning import known as picture
from coordinator.registry.importing.planning.known import AT_ONCE, CONTACT_ATTRIBUTES, Known
from coordinator.registry.models import ImportChange, Organization, organization_umbrella

Picture = dict[str, Any]


def pictures(ids: Sequence[int]) -> tuple[dict[int, Picture], dict[int, int]]:
    """Return stored organisations as pictures, and their versions."""
    found: dict[int, Picture] = {}
    versions: dict[int, int] = {}
    for known in picture.load(ids) if ids else ():
        assert known.id is not None
        found[known.id], versions[known.id] = described(known), known.version
        found[known.id] |= {"parent": None, "umbrellas": []}
    link = organization_umbrella.c
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        heads = sa.select(Organization.id, Organization.parent_id)
        for number, head in db.session.execute(heads.where(Organization.id.in_(chunk))):
            found[number]["parent"] = head
        over = sa.select(link.organization_id, link.umbrella_id).order_by(link.umbrella_id)
        for number, umbrella in db.session.execute(over.where(link.organization_id.in_(chunk))):
            found[number]["umbrellas"].append(umbrella)
    return found, versions


def described(known: Known) -> Picture:
    """Return an organisation of the picture as JSON keeps it."""
    return {
        "values": {name: _plain(value) for name, value in known.values.items()},
        "areas": list(known.areas),
        "groups": list(known.groups),
        "contacts": [
            {
                "id": contact.id,
                **{name: _plain(getattr(contact, name)) for name in CONTACT_ATTRIBUTES},
                "is_primary": contact.is_primary,
            }
            for contact in known.contacts
        ],
        "names": list(known.other_names),
        "parent": known.parent.id if known.parent else None,
        "umbrellas": [one.id for one in known.umbrellas],
    }


def record(batch_id: int, touched: Iterable[Known], before: Mapping[int, Picture]) -> None:
    """Write down each organisation that was added or changed."""
    moment = clock.now()
    rows = [
        {
            "batch_id": batch_id,
            "organization_id": known.id,
            "before": before.get(known.id or 0),
            "after": described(known),
            "created_at": moment,
            "updated_at": moment,
        }
        for known in touched
    ]
    if rows:
        db.session.connection().execute(sa.insert(ImportChange.__table__), rows)  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
