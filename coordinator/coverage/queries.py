"""How many active organisations work in which field and district, counted in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from coordinator.coverage import lacking
from coordinator.extensions import db
from coordinator.i18n import language
from coordinator.registry import queries as registry
from coordinator.registry.listing.filters import Filters
from coordinator.registry.models import (
    NO_NGO,
    Organization,
    OrgStatus,
    OrgType,
    organization_target_group,
    organization_work_area,
)

NGOS = "stk"
CATCH_ALL = "other"
"""The field of work of those that fit no other: that nobody is there is no gap."""


@dataclass(frozen=True)
class Cut:
    """Which of the active organisations are counted; names are those of the page's address."""

    hedef: str = ""
    """The target group for which they work."""
    kim: str = ""
    """Only organisations of citizens ("stk"), or all stakeholders."""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Cut":
        """Return what an address asks for; unknown codes are left out."""
        groups = registry.target_group_terms()
        found = registry.standing_for(groups, str(values.get("hedef") or ""))
        return cls(hedef=found.code if found else "", kim=NGOS if values.get("kim") == NGOS else "")

    def as_query(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Line:
    """A district or a field of work, with the organisations that are there."""

    id: int | None
    code: str
    name: str
    total: int
    retired: bool = False

    @property
    def may_lack(self) -> bool:
        """Is it worth saying where nobody works in it?"""
        return not self.retired and self.code != CATCH_ALL

    @property
    def is_empty(self) -> bool:
        """Is nobody there, though somebody could be?"""
        return not self.total and self.may_lack


@dataclass(frozen=True)
class Coverage:
    """The table. A line whose id is None holds those whose record does not say it."""

    cut: Cut
    districts: list[Line]
    areas: list[Line]
    no_district: Line
    no_area: Line
    total: int
    counts: dict[tuple[int | None, int | None], int]

    def at(self, district: Line, area: Line) -> int:
        """Return how many organisations work there in that field."""
        return self.counts.get((district.id, area.id), 0)

    @property
    def rows(self) -> list[Line]:
        return [*self.districts, *([self.no_district] if self.no_district.total else [])]

    @property
    def columns(self) -> list[Line]:
        return [*self.areas, *([self.no_area] if self.no_area.total else [])]

    def district(self, slug: str) -> Line | None:
        return next((one for one in self.districts if one.code == slug), None)

    def area(self, code: str) -> Line | None:
        return next((one for one in self.areas if one.code == code), None)

    def listed(self, district: Line | None = None, area: Line | None = None) -> Filters:
        """Return the filters whose list holds just those that a number counts."""
        lacks = lacking.DISTRICT if district and district.id is None else ""
        if area and area.id is None:
            lacks = lacking.BOTH if lacks else lacking.AREA
        return Filters(
            ilce=(district.code,) if district and district.id is not None else (),
            alan=(area.code,) if area and area.id is not None else (),
            hedef=(self.cut.hedef,) if self.cut.hedef else (),
            tur=tuple(one.value for one in OrgType if one not in NO_NGO) if self.cut.kim else (),
            durum=OrgStatus.ACTIVE.value,
            more=((lacking.CRITERION.name, lacks),) if lacks else (),
        )


def coverage(cut: Cut) -> Coverage:
    """Count the active organisations of a cut by district and field of work."""
    counts: dict[tuple[int | None, int | None], int] = {}
    by_district: dict[int | None, int] = {}
    terms = registry.work_area_terms()
    successor = {
        one.id: found.id
        for one in terms
        if one.merged_into_id and (found := registry.standing_for(terms, one.code))
    }
    for is_total, district_id, area_id, count in db.session.execute(_counted(cut)):
        if is_total:
            by_district[district_id] = count
        else:
            key = (district_id, successor.get(area_id, area_id))
            counts[key] = counts.get(key, 0) + count
    by_area: dict[int | None, int] = {}
    for (_district_id, area_id), count in counts.items():
        by_area[area_id] = by_area.get(area_id, 0) + count
    return Coverage(
        cut=cut,
        districts=[
            Line(one.id, one.slug, one.name, by_district.get(one.id, 0))
            for one in registry.district_names()
        ],
        areas=[
            Line(one.id, one.code, one.name(language()), by_area.get(one.id, 0), one.retired)
            for one in terms
            if not one.retired or by_area.get(one.id)
        ],
        no_district=Line(None, "", "", by_district.get(None, 0)),
        no_area=Line(None, "", "", by_area.get(None, 0)),
        total=sum(by_district.values()),
        counts=counts,
    )


def _counted(cut: Cut) -> sa.CompoundSelect[Any]:
    """Return the question for the cells and, beside them, for each district's organisations."""
    within = [Organization.status == OrgStatus.ACTIVE]
    if cut.kim:
        within.append(Organization.org_type.not_in(NO_NGO))
    if cut.hedef:
        groups = registry.meant_by(registry.target_group_terms(), (cut.hedef,))
        link = organization_target_group.c
        within.append(
            Organization.id.in_(
                sa.select(link.organization_id).where(link.target_group_id.in_(groups))
            )
        )
    area = organization_work_area.c
    cells = (
        sa.select(
            sa.literal(0), Organization.district_id, area.work_area_id, sa.func.count().label("n")
        )
        .outerjoin(organization_work_area, area.organization_id == Organization.id)
        .where(*within)
        .group_by(Organization.district_id, area.work_area_id)
    )
    districts = (
        sa.select(
            sa.literal(1),
            Organization.district_id,
            sa.cast(sa.null(), sa.Integer),
            sa.func.count(),
        )
        .where(*within)
        .group_by(Organization.district_id)
    )
    return sa.union_all(cells, districts)
