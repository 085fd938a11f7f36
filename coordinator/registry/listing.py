"""The list of organisations: what it is cut by, how it is counted and paged in the database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from coordinator import clock, turkish
from coordinator.extensions import db
from coordinator.registry import queries, search
from coordinator.registry.models import (
    Contact,
    District,
    Organization,
    OrgStatus,
    OrgType,
    WorkArea,
    organization_word,
    organization_work_area,
)
from coordinator.wording import one_line

PAGE = 50
# Up to here it is quicker to collect what was found and sort it; beyond, to walk in order.
MANY = 2000
ATTENTION = "ilgi"


@dataclass(frozen=True)
class Filters:
    """What a list of organisations is cut by; names are those of the page's address."""

    ara: str = ""
    ilce: str = ""
    tur: str = ""
    alan: str = ""
    durum: str = ""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Filters":
        """Return the filters that stand in an address or a form; unknown codes are left out."""
        read = {name: one_line(str(values.get(name) or ""))[:200] for name in cls.__annotations__}
        if read["tur"] not in list(OrgType):
            read["tur"] = ""
        if read["durum"] not in [ATTENTION, *OrgStatus]:
            read["durum"] = ""
        return cls(**read)

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    def without(self, name: str) -> "Filters":
        return replace(self, **{name: ""})

    def as_query(self) -> dict[str, str]:
        """Return what stands in the address for these filters."""
        return {name: value for name, value in asdict(self).items() if value}


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
    contact: str = ""
    contact_phone: str = ""
    contact_email: str = ""

    @property
    def needs_address(self) -> bool:
        """Is it at work but without an e-mail address to write to?"""
        return self.status is OrgStatus.ACTIVE and not (self.email or self.contact_email)


@dataclass(frozen=True)
class Page:
    """One page of a list."""

    page: int
    total: int
    items: list[Listed] = field(default_factory=list)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def has_prev(self) -> bool:
        return self.page > 1

    @property
    def has_next(self) -> bool:
        return self.page < self.pages


def organizations_page(filters: Filters, page: int = 1) -> Page:
    """Return a page of the organisations in Turkish order; past the end, the last one."""
    conditions, total = _found(filters)
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    asked = _listed(conditions(total)) if filters else _ALL_LISTED
    rows = db.session.execute(asked, {"most": PAGE, "passed": (page - 1) * PAGE})
    items = [Listed(*row) for row in rows]
    _add_contacts(items)
    return Page(page, total, items)


def _listed(conditions: list[sa.ColumnElement[bool]]) -> sa.Select[*tuple[Any, ...]]:
    """Return the question for the rows of a page; `most` and `passed` are its parameters."""
    wanted = (
        sa.select(Organization.id)
        .where(*conditions)
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
        )
        .join(wanted, wanted.c.id == Organization.id)
        .outerjoin(District, District.id == Organization.district_id)
        .order_by(Organization.sort_key, Organization.id)
    )


# The list as it opens is asked for most, and building a question takes longer than answering it.
_ALL_LISTED = _listed([])
_ALL_COUNTED = sa.select(sa.func.count()).select_from(Organization)
_CONTACTS = (
    sa.select(Contact.organization_id, Contact.full_name, Contact.phone, Contact.email)
    .where(
        Contact.organization_id.in_(sa.bindparam("ids", expanding=True)),
        sa.or_(Contact.active_until.is_(None), Contact.active_until > sa.bindparam("today")),
    )
    .order_by(Contact.is_primary.desc(), Contact.sort_key)
)


def found(filters: Filters) -> sa.Select[Organization]:
    """Return the question for all organisations that the filters leave, in Turkish order."""
    conditions, total = _found(filters)
    return (
        sa.select(Organization)
        .where(*conditions(total))
        .order_by(Organization.sort_key, Organization.id)
    )


def choose(filters: Filters) -> sa.Select[Organization]:
    """Return the question for the active organisations that the filters leave, in order."""
    return found(filters).where(Organization.status == OrgStatus.ACTIVE)


class _Conditions:
    """The conditions of the filters. How a search is asked depends on how much it finds."""

    def __init__(self, filters: Filters) -> None:
        self.terms = search.terms(filters.ara)
        self.inside = ""
        self.rest = _conditions(filters)
        self.districts = {term: _districts_named(term) for term in self.terms}

    def __call__(self, total: int = 0) -> list[sa.ColumnElement[bool]]:
        if self.inside:
            contained = Organization.search_key.contains(self.inside, autoescape=True)
            return [contained, *self.rest]
        ask = _walking if total > MANY else _collecting
        return [*(ask(term, self.districts[term]) for term in self.terms), *self.rest]


def _found(filters: Filters) -> tuple[_Conditions, int]:
    conditions = _Conditions(filters)
    total = 0 if filters.ara and not conditions.terms else _count(conditions())
    if not total and filters.ara:
        # No word begins so. Look inside the names, as one does for "bağlar" in Karabağlar.
        conditions.inside = turkish.search_key(filters.ara) or filters.ara
        total = _count(conditions())
    return conditions, total


def _count(conditions: list[sa.ColumnElement[bool]]) -> int:
    counted = _ALL_COUNTED.where(*conditions) if conditions else _ALL_COUNTED
    return db.session.scalar(counted) or 0


def _collecting(term: str, districts: list[int]) -> sa.ColumnElement[bool]:
    found: Any = sa.select(organization_word.c.organization_id).where(search.beginning_with(term))
    if districts:
        found = found.union(
            sa.select(Organization.id).where(Organization.district_id.in_(districts))
        )
    return Organization.id.in_(found)


def _walking(term: str, districts: list[int]) -> sa.ColumnElement[bool]:
    found = sa.exists().where(
        organization_word.c.organization_id == Organization.id, search.beginning_with(term)
    )
    return sa.or_(found, Organization.district_id.in_(districts)) if districts else found


def _districts_named(term: str) -> list[int]:
    return [
        one.id
        for one in queries.district_names()
        if any(word.startswith(term) for word in search.words(f"{one.name} {one.aliases}"))
    ]


def _conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if filters.ilce:
        slug = sa.select(District.id).where(District.slug == filters.ilce)
        conditions.append(Organization.district_id == slug.scalar_subquery())
    if filters.tur:
        conditions.append(Organization.org_type == OrgType(filters.tur))
    if filters.alan:
        within = (
            sa.select(organization_work_area.c.organization_id)
            .join(WorkArea, WorkArea.id == organization_work_area.c.work_area_id)
            .where(WorkArea.code == filters.alan)
        )
        conditions.append(Organization.id.in_(within))
    if filters.durum == ATTENTION:
        conditions.append(needs_attention())
    elif filters.durum:
        conditions.append(Organization.status == OrgStatus(filters.durum))
    return conditions


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
