"""Who stands on a list: what its search finds today, or who was put into the group."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.lists.models import ListKind, OrganizationList, list_member
from coordinator.lists.queries import records
from coordinator.registry import listing
from coordinator.registry.listing import Filters
from coordinator.registry.models import Organization

FILTER = "liste"
"""The filter of organisations that names a list."""


class NoLongerKnown(RuleBroken):
    """A saved search of which a part is gone is not used for letters or files."""

    message = _l("A filter of this saved search is no longer there. Save the search anew.")


def filters_of(one: OrganizationList) -> Filters | None:
    """Return the filters that leave who stands on the list.

    None for a saved search of which a part is no longer known: without that part it would find
    organisations that nobody meant.
    """
    if one.kind is ListKind.FIXED:
        return only(one)
    read = Filters.read(one.filters)
    if not read or _values(read.as_query()) != _values(one.filters):
        return None
    group = dict(read.more).get(FILTER)
    return read if group is None or records.find(group) else None


def filters_named(name: str) -> Filters | None:
    """Return the filter that names the list of that name; raises NoLongerKnown."""
    one = records.named(name)
    if one is not None and filters_of(one) is None:
        raise NoLongerKnown
    return only(one) if one else None


def only(one: OrganizationList) -> Filters:
    """Return the filter that names the list."""
    return Filters(more=((FILTER, one.public_id),))


def _values(query: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {
        name: sorted(value) if isinstance(value, list) else [value] for name, value in query.items()
    }


def organizations_on(one: OrganizationList) -> sa.Select[Organization]:
    """Return the question for all that stand on the list, in Turkish order."""
    filters = filters_of(one)
    if filters is None:
        return sa.select(Organization).where(sa.false())
    return listing.found(filters, forgiving=False)


def condition(public_id: str) -> sa.ColumnElement[bool]:
    """The condition that an organisation stands on the list of that address."""
    one = records.find(public_id)
    if one is None:
        return sa.false()
    if one.kind is ListKind.FIXED:
        return Organization.id.in_(members_of(one))
    return Organization.id.in_(ids(organizations_on(one)))


def members_of(group: OrganizationList) -> sa.Select[int]:
    """Return the question for the ids of those who were put into the group."""
    return sa.select(list_member.c.organization_id).where(list_member.c.list_id == group.id)


def ids(organizations: sa.Select[Organization]) -> sa.Select[int]:
    """Return the question for the ids alone, in no order."""
    return organizations.order_by(None).with_only_columns(Organization.id)


def member_ids(group: OrganizationList) -> set[int]:
    """Return the ids of those who were put into the group."""
    return set(db.session.scalars(members_of(group)))


def groups_of(organization: Organization) -> Sequence[OrganizationList]:
    """Return the groups in which an organisation is, in Turkish order."""
    return db.session.scalars(
        sa.select(OrganizationList)
        .join(list_member, list_member.c.list_id == OrganizationList.id)
        .where(list_member.c.organization_id == organization.id)
        .order_by(OrganizationList.sort_key, OrganizationList.id)
    ).all()


def searches_finding(organization: Organization) -> list[OrganizationList]:
    """Return the saved searches that find an organisation today: each of them is asked."""
    searches = records.all_lists(ListKind.SEARCH)
    asked = [_stands(one, organization) for one in searches]
    standing = set(db.session.scalars(sa.union_all(*asked))) if asked else set()
    return [one for one in searches if one.id in standing]


def _stands(search: OrganizationList, organization: Organization) -> sa.Select[int]:
    found = organizations_on(search).order_by(None).where(Organization.id == organization.id)
    return found.with_only_columns(sa.literal(search.id))


def searches_by(group: OrganizationList) -> list[OrganizationList]:
    """Return the saved searches that are cut by a group."""
    searches = records.all_lists(ListKind.SEARCH)
    return [one for one in searches if one.filters.get(FILTER) == group.public_id]
