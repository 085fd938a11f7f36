"""The list of organisations: what it is cut by, how it is counted and paged in the database."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from coordinator import clock, turkish
from coordinator.extensions import db
from coordinator.paging import Paged
from coordinator.registry.listing.conditions import conditions
from coordinator.registry.listing.filters import Filters
from coordinator.registry.models import (
    Contact,
    District,
    Organization,
    OrgStatus,
    OrgType,
)
from coordinator.registry.search.asking import Search

PAGE = 50


@dataclass(slots=True)
class Listed:
    """One row of the list."""

    id: int
    public_id: str
    name: str
    short_name: str
    org_type: OrgType
    status: OrgStatus
    district: str | None
    email: str
    phone: str
    unreadable_email: str
    registry_no: str | None
    tax_no: str
    kep: str
    contact: str = ""
    contact_phone: str = ""
    contact_email: str = ""

    @property
    def needs_address(self) -> bool:
        """Is it at work but without an e-mail address to write to?"""
        return self.status is OrgStatus.ACTIVE and not (self.email or self.contact_email)


@dataclass(frozen=True, kw_only=True)
class Page(Paged):
    """One page of a list."""

    items: list[Listed]
    search: Search
    size: int = PAGE


@dataclass
class _Found:
    """A question and how many answers it has."""

    search: Search
    rest: list[sa.ColumnElement[bool]]
    total: int = 0

    @property
    def asked_for(self) -> list[sa.ColumnElement[bool]]:
        return [*self.search.conditions(self.total), *self.rest]

    def count(self) -> None:
        self.total = 0
        self.total = db.session.scalar(_COUNTED.where(*self.asked_for)) or 0


def organizations_page(filters: Filters, page: int = 1) -> Page:
    """Return a page of the organisations in Turkish order; past the end, the last one."""
    found = _found(filters)
    page = min(max(page, 1), max(1, -(-found.total // PAGE)))
    asked = _listed(found.asked_for) if filters else _ALL_LISTED
    rows = _rows(asked, PAGE, (page - 1) * PAGE)
    return Page(page=page, total=found.total, items=rows, search=found.search)


def suggested(text: str, most: int) -> Page:
    """Return the first few that a search finds; those whose name begins so come before others."""
    found = _found(Filters(ara=text)) if text else _Found(Search(""), [])
    named = Organization.search_key.startswith(turkish.search_key(text), autoescape=True)
    items = _rows(_listed([named, *found.rest]), most) if found.total else []
    if len(items) < most and found.total > len(items):
        there = {item.id for item in items}
        others = _rows(_listed(found.asked_for), most)
        items = [*items, *(one for one in others if one.id not in there)][:most]
    return Page(total=found.total, items=items, search=found.search)


def _rows(asked: sa.Select[*tuple[Any, ...]], most: int, passed: int = 0) -> list[Listed]:
    rows = db.session.execute(asked, {"most": most, "passed": passed})
    items = [Listed(*row) for row in rows]
    _add_contacts(items)
    return items


def _listed(asked_for: list[sa.ColumnElement[bool]]) -> sa.Select[*tuple[Any, ...]]:
    """Return the question for the rows of a page; `most` and `passed` are its parameters."""
    wanted = (
        sa.select(Organization.id)
        .where(*asked_for)
        .order_by(Organization.sort_key, Organization.id)
        .limit(sa.bindparam("most", type_=sa.Integer))
        .offset(sa.bindparam("passed", type_=sa.Integer))
        .subquery()
    )
    return (
        sa.select(
            Organization.id,
            Organization.public_id,
            Organization.name,
            Organization.short_name,
            Organization.org_type,
            Organization.status,
            District.name,
            Organization.email,
            Organization.phone,
            Organization.unreadable_email,
            Organization.registry_no,
            Organization.tax_no,
            Organization.kep,
        )
        .join(wanted, wanted.c.id == Organization.id)
        .outerjoin(District, District.id == Organization.district_id)
        .order_by(Organization.sort_key, Organization.id)
    )


# The list as it opens is asked for most, and building a question takes longer than answering it.
_ALL_LISTED = _listed(conditions(Filters()))
_COUNTED = sa.select(sa.func.count()).select_from(Organization)
# Two counts of an index are quicker than one that looks at each status.
_ALL_COUNTED = sa.select(
    _COUNTED.scalar_subquery()
    - _COUNTED.where(Organization.status == OrgStatus.MERGED).scalar_subquery()
)
_CONTACTS = (
    sa.select(Contact.organization_id, Contact.full_name, Contact.phone, Contact.email)
    .where(
        Contact.organization_id.in_(sa.bindparam("ids", expanding=True)),
        sa.or_(Contact.active_until.is_(None), Contact.active_until > sa.bindparam("today")),
    )
    .order_by(Contact.is_primary.desc(), Contact.sort_key)
)


def found(filters: Filters, *, forgiving: bool = True) -> sa.Select[Organization]:
    """Return the question for all organisations that the filters leave, in Turkish order.

    Where nobody looks at what a search finds, it is not `forgiving`: it finds what is written so.
    """
    return (
        sa.select(Organization)
        .where(*_found(filters, forgiving=forgiving).asked_for)
        .order_by(Organization.sort_key, Organization.id)
    )


def choose(filters: Filters) -> sa.Select[Organization]:
    """Return the question for the active organisations that the filters leave, in order."""
    return found(filters).where(Organization.status == OrgStatus.ACTIVE)


def _found(filters: Filters, *, forgiving: bool = True) -> _Found:
    """Return how many the filters leave, and how they are asked for.

    In which way a search is put is decided by the search alone; the filters only cut.
    """
    if not filters:
        return _Found(Search(""), conditions(filters), db.session.scalar(_ALL_COUNTED) or 0)
    found = _Found(Search(filters.ara, forgiving=forgiving), conditions(filters))
    if not found.search.says_nothing:
        found.count()
    if found.total or not found.search:
        return found
    cut = filters != Filters(ara=filters.ara)
    alone = _Found(found.search, conditions(Filters())) if cut else found
    if cut and not found.search.says_nothing:
        alone.count()
    attempts = found.search.attempts()
    while not alone.total and next(attempts, 0) is None:
        alone.count()
    if cut and alone.total:
        found.count()
    return found


def _add_contacts(items: list[Listed]) -> None:
    by_id = {item.id: item for item in items}
    if not by_id:
        return
    rows = db.session.execute(_CONTACTS, {"ids": list(by_id), "today": clock.today()})
    for number, name, phone, email in rows:
        item = by_id[number]
        if not item.contact:
            item.contact, item.contact_phone = name, phone
        item.contact_email = item.contact_email or email
