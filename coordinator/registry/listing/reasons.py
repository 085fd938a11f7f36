"""Why an organisation stands in the answer to a search, where its row does not show it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from markupsafe import Markup

from coordinator.extensions import db
from coordinator.i18n import phone
from coordinator.registry.listing import Listed
from coordinator.registry.models import Contact, OrganizationName
from coordinator.registry.search.marks import NUMBER, PHONE, TEXT, Fact, Marker

Reasons = dict[int, list[tuple[Any, Markup]]]


def reasons(items: Sequence[Listed], marker: Marker, *, names_only: bool = False) -> Reasons:
    """Return by the row's id what else the search was found in: (label, marked text).

    With `names_only`, the reader sees only the name and the district, not the whole row.
    """
    in_sight = _name_in_sight if names_only else _row_in_sight
    missing = {item.id: left for item in items if (left := marker.missing(in_sight(item)))}
    more = _written_elsewhere(list(missing)) if missing else {}
    return {
        item.id: marker.told(missing[item.id], [*_own(item), *more.get(item.id, [])])
        for item in items
        if item.id in missing
    }


def _name_in_sight(item: Listed) -> list[Fact]:
    return [Fact("", item.name), Fact("", item.district or "")]


def _row_in_sight(item: Listed) -> list[Fact]:
    return [
        *_name_in_sight(item),
        Fact("", item.contact),
        Fact("", item.contact_email or item.email),
        Fact("", phone(item.contact_phone if item.contact else item.phone), PHONE),
    ]


def _own(item: Listed) -> list[Fact]:
    return [
        Fact(_("Short name"), item.short_name),
        Fact(_("Register number"), item.registry_no or "", NUMBER),
        Fact(_("Tax number"), item.tax_no, NUMBER),
        Fact(_("Phone"), phone(item.phone), PHONE),
        Fact(_("E-mail"), item.email),
        Fact(_("KEP address"), item.kep),
    ]


def _written_elsewhere(ids: list[int]) -> dict[int, list[Fact]]:
    """Return the former names and all contacts of these organisations, in one statement."""
    nothing = sa.literal("")
    names = sa.select(
        sa.literal(0).label("list"),
        OrganizationName.id,
        OrganizationName.organization_id,
        OrganizationName.name,
        nothing,
        nothing,
    ).where(OrganizationName.organization_id.in_(ids))
    people = sa.select(
        sa.literal(1),
        Contact.id,
        Contact.organization_id,
        Contact.full_name,
        Contact.phone,
        Contact.email,
    ).where(Contact.organization_id.in_(ids))
    rows = db.session.execute(sa.union_all(names, people)).all()
    found: dict[int, list[Fact]] = defaultdict(list)
    for kind, _id, number, *texts in sorted(tuple[Any, ...](row) for row in rows):
        found[number] += _person(*texts) if kind else [Fact(_("Former name"), texts[0])]
    return found


def _person(name: str, number: str, email: str) -> list[Fact]:
    return [
        Fact(_("Contact"), name, TEXT),
        Fact(_("Phone"), phone(number), PHONE),
        Fact(_("E-mail"), email),
    ]
