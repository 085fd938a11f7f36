"""The lists by which organisations are described: districts and fields of work."""

from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from flask import g, has_request_context

from coordinator.extensions import db
from coordinator.registry.models import District, WorkArea


class DistrictName(NamedTuple):
    """A district as lists and searches need it."""

    id: int
    slug: str
    name: str
    aliases: str


class WorkAreaName(NamedTuple):
    """A field of work as lists need it."""

    code: str
    name_tr: str
    name_en: str


@dataclass(frozen=True)
class _Names:
    districts: list[DistrictName]
    work_areas: list[WorkAreaName]


def districts() -> list[District]:
    """Return the districts in Turkish order."""
    return list(db.session.scalars(sa.select(District).order_by(District.sort_key)))


def work_areas() -> list[WorkArea]:
    """Return the fields of work that are in use, in the branch's order."""
    return list(
        db.session.scalars(
            sa.select(WorkArea)
            .where(WorkArea.retired.is_(False))
            .order_by(WorkArea.order_no, WorkArea.id)
        )
    )


def district_names() -> list[DistrictName]:
    """Return what the districts are called, in Turkish order; asked once a request."""
    return _names().districts


def work_area_names(language: str) -> list[tuple[str, str]]:
    """Return (code, name) of the fields of work in use, in the branch's order."""
    areas = _names().work_areas
    return [(one.code, one.name_en if language == "en" else one.name_tr) for one in areas]


# Both lists in one question, made once: each page with a filter bar needs both.
_BOTH = sa.union_all(
    sa.select(
        sa.literal(0).label("order_no"),
        District.sort_key,
        District.id,
        District.slug,
        District.name,
        District.aliases,
    ),
    sa.select(
        WorkArea.order_no + 1,
        WorkArea.code,
        WorkArea.id,
        WorkArea.code,
        WorkArea.name_tr,
        WorkArea.name_en,
    ).where(WorkArea.retired.is_(False)),
)


def _names() -> _Names:
    known: _Names | None = g.get("registry_names") if has_request_context() else None
    if known is None:
        rows = sorted(tuple(row) for row in db.session.execute(_BOTH))
        known = _Names(
            districts=[DistrictName._make(rest) for order_no, _key, *rest in rows if not order_no],
            work_areas=[WorkAreaName._make(rest) for order_no, _k, _id, *rest in rows if order_no],
        )
        if has_request_context():
            g.registry_names = known
    return known
