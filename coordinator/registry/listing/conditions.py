"""The filters of a list of organisations as conditions that the database decides."""

from datetime import date, timedelta

import sqlalchemy as sa

from coordinator import clock
from coordinator.registry import queries
from coordinator.registry.listing import criteria
from coordinator.registry.listing.filters import ATTENTION, OLD, Filters
from coordinator.registry.models import (
    Contact,
    District,
    Organization,
    OrgStatus,
    OrgType,
    organization_target_group,
    organization_work_area,
)

A_YEAR = timedelta(days=365)
# They are few and in an index: no need to open each row for its status.
_MERGED = sa.select(Organization.id).where(Organization.status == OrgStatus.MERGED)


def conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """Return what the filters ask of an organisation, all but the search."""
    found = [_status(filters.durum)]
    if filters.ilce:
        within = sa.select(District.id).where(District.slug.in_(filters.ilce))
        found.append(Organization.district_id.in_(within))
    if filters.tur:
        found.append(Organization.org_type.in_([OrgType(code) for code in filters.tur]))
    if filters.alan:
        areas = queries.meant_by(queries.work_area_terms(), filters.alan)
        found.append(_described_by(organization_work_area.c.work_area_id, areas))
    if filters.hedef:
        groups = queries.meant_by(queries.target_group_terms(), filters.hedef)
        found.append(_described_by(organization_target_group.c.target_group_id, groups))
    if filters.tazelik:
        found.append(needs_check() if filters.tazelik == OLD else ~needs_check())
    known = criteria.known() if filters.more else {}
    found += [known[name].condition(value) for name, value in filters.more if name in known]
    return found


def checked_since() -> date:
    """Return the day since which details count as checked within a year."""
    return clock.today() - A_YEAR


def needs_check() -> sa.ColumnElement[bool]:
    """The condition that nobody has checked an organisation's details for a year."""
    return sa.func.coalesce(Organization.verified_at, date.min) < checked_since()


def needs_attention() -> sa.ColumnElement[bool]:
    """The condition that an active organisation has no address, or one that cannot be read."""
    written_to = sa.exists().where(
        Contact.organization_id == Organization.id, Contact.email != "", queries.active_contact()
    )
    unreachable = sa.and_(Organization.email == "", ~written_to)
    return sa.and_(
        Organization.status == OrgStatus.ACTIVE,
        sa.or_(Organization.unreadable_email != "", unreachable),
    )


def _status(code: str) -> sa.ColumnElement[bool]:
    """Return the condition for a status; merged records are shown only when asked for."""
    if code == ATTENTION:
        return needs_attention()
    if code:
        return Organization.status == OrgStatus(code)
    return ~Organization.id.in_(_MERGED)


def _described_by(column: sa.Column[int], ids: list[int]) -> sa.ColumnElement[bool]:
    of = column.table.c.organization_id
    return Organization.id.in_(sa.select(of).where(column.in_(ids)))
