"""The lists by which organisations are described: districts, fields of work, target groups."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import g, has_request_context

from coordinator.extensions import db
from coordinator.registry.models import District, TargetGroup, Term, WorkArea


class DistrictName(NamedTuple):
    """A district as lists and searches need it."""

    id: int
    slug: str
    name: str
    aliases: str


class TermName(NamedTuple):
    """A field of work or a target group as lists need it."""

    id: int
    code: str
    name_tr: str
    name_en: str
    retired: bool
    merged_into_id: int | None

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_tr


@dataclass(frozen=True)
class _Names:
    districts: list[DistrictName]
    work_areas: list[TermName]
    target_groups: list[TermName]


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


def work_area_terms() -> list[TermName]:
    """Return all fields of work in the branch's order, those no longer in use as well."""
    return _names().work_areas


def target_group_terms() -> list[TermName]:
    """Return all target groups in the branch's order, those no longer in use as well."""
    return _names().target_groups


def work_area_names(language: str) -> list[tuple[str, str]]:
    """Return (code, name) of the fields of work in use, in the branch's order."""
    return _offered(work_area_terms(), language)


def target_group_names(language: str) -> list[tuple[str, str]]:
    """Return (code, name) of the target groups in use, in the branch's order."""
    return _offered(target_group_terms(), language)


def _offered(terms: list[TermName], language: str) -> list[tuple[str, str]]:
    return [(one.code, one.name(language)) for one in terms if not one.retired]


def standing_for(terms: list[TermName], code: str) -> TermName | None:
    """Return the entry that a code means today: itself, or what it was merged into."""
    by_id = {one.id: one for one in terms}
    found = next((one for one in terms if one.code == code), None)
    for _ in terms:
        if found is None or found.merged_into_id is None:
            break
        found = by_id.get(found.merged_into_id, found)
    return found


def meant_by(terms: list[TermName], codes: tuple[str, ...]) -> list[int]:
    """Return the ids of the entries that codes mean, with those that were merged into them."""
    wanted = {one.id for code in codes if (one := standing_for(terms, code))}
    return [
        one.id for one in terms if (stands := standing_for(terms, one.code)) and stands.id in wanted
    ]


def _term(number: int, kind: type[Term]) -> sa.Select[Any]:
    table = kind.__table__.c  # type: ignore[attr-defined]
    return sa.select(
        sa.literal(number).label("list"),
        table.order_no,
        sa.literal("").label("sort_key"),
        table.id,
        table.code,
        table.name_tr,
        table.name_en,
        table.retired,
        table.merged_into_id,
    )


# All three in one question, made once: each page with a filter bar needs them.
_ALL: sa.CompoundSelect[Any] = sa.union_all(
    sa.select(
        sa.literal(0).label("list"),
        sa.literal(0).label("order_no"),
        District.sort_key,
        District.id,
        District.slug,
        District.name,
        District.aliases,
        sa.false(),
        sa.cast(sa.null(), sa.Integer),
    ),
    _term(1, WorkArea),
    _term(2, TargetGroup),
)


def _names() -> _Names:
    known: _Names | None = g.get("registry_names") if has_request_context() else None
    if known is None:
        rows = sorted(tuple(row) for row in db.session.execute(_ALL).all())
        known = _Names(
            districts=[DistrictName(*row[3:7]) for row in rows if row[0] == 0],
            work_areas=[_term_name(row) for row in rows if row[0] == 1],
            target_groups=[_term_name(row) for row in rows if row[0] == 2],
        )
        if has_request_context():
            g.registry_names = known
    return known


def _term_name(row: tuple[object, ...]) -> TermName:
    *parts, retired, merged_into_id = row[3:]
    return TermName._make([*parts, bool(retired), merged_into_id])
