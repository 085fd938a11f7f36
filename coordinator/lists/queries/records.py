"""The lists themselves: one by its address or its name, all of them in Turkish order."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy.orm import joinedload

from coordinator.extensions import db
from coordinator.lists.models import ListKind, OrganizationList, key_of
from coordinator.registry.models import Organization, OrgStatus
from coordinator.wording import one_line

PER_PAGE = 20
_IN_ORDER = (OrganizationList.sort_key, OrganizationList.id)


def find(public_id: str) -> OrganizationList | None:
    """Return the list of a page's address."""
    if not (public_id.isascii() and public_id.isalnum()):
        return None
    return db.session.scalar(
        sa.select(OrganizationList)
        .where(OrganizationList.public_id == public_id)
        .options(joinedload(OrganizationList.created_by))
    )


def named(text: str) -> OrganizationList | None:
    """Return the list that a text names, in any spelling, or by its page's address."""
    key = key_of(one_line(text))
    asked = sa.select(OrganizationList).where(OrganizationList.search_key == key)
    return db.session.scalar(asked) or find(text)


def all_lists(kind: ListKind | None = None) -> Sequence[OrganizationList]:
    """Return the lists, or those of a kind, in Turkish order."""
    asked = sa.select(OrganizationList).order_by(*_IN_ORDER)
    return db.session.scalars(asked.filter_by(kind=kind) if kind else asked).all()


def names() -> list[str]:
    """Return the lists' names in Turkish order."""
    return list(db.session.scalars(sa.select(OrganizationList.name).order_by(*_IN_ORDER)))


def choices() -> list[tuple[str, str]]:
    """Return (page's address, name) of the lists, as a select field offers them."""
    asked = sa.select(OrganizationList.public_id, OrganizationList.name).order_by(*_IN_ORDER)
    return [(public_id, name) for public_id, name in db.session.execute(asked)]


def page(number: int) -> Pagination:
    """Return a page of the lists, each with who made it; past the end, the last one."""
    asked = sa.select(OrganizationList).options(joinedload(OrganizationList.created_by))
    found = db.paginate(asked.order_by(*_IN_ORDER), page=number, per_page=PER_PAGE, error_out=False)
    return found if found.page <= max(found.pages, 1) else page(found.pages)


def organizations(public_ids: Sequence[str], most: int = 1000) -> Sequence[Organization]:
    """Return the organisations of these page addresses, in Turkish order; no merged ones."""
    wanted = [one for one in public_ids if len(one) == 12 and one.isascii()][:most]
    if not wanted:
        return []
    return db.session.scalars(
        sa.select(Organization)
        .where(Organization.public_id.in_(wanted), Organization.status != OrgStatus.MERGED)
        .order_by(Organization.sort_key, Organization.id)
    ).all()
