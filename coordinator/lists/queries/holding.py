"""How many organisations lists hold today, and how many addresses a letter to them reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.lists.models import ListKind, OrganizationList, list_member
from coordinator.lists.queries.standing import ids, organizations_on
from coordinator.registry.models import Channel, Contact, Organization, OrgStatus
from coordinator.registry.queries import active_contact


@dataclass(frozen=True)
class Held:
    """What a list holds. Only organisations at work are reached and invited."""

    organizations: int = 0
    at_work: int = 0
    reached: int = 0
    """Organisations at work that have an address to write to."""
    addresses: int = 0


def held(lists: Iterable[OrganizationList]) -> dict[int, Held]:
    """Return what each list holds: one statement for all groups, two for each saved search."""
    lists = list(lists)
    groups = [one.id for one in lists if one.kind is ListKind.FIXED]
    found = dict.fromkeys((one.id for one in lists), Held())
    if groups:
        members = (
            sa.select(list_member.c.list_id, list_member.c.organization_id)
            .where(list_member.c.list_id.in_(groups))
            .subquery()
        )
        stands = sa.and_(
            Organization.id == members.c.organization_id, Organization.status != OrgStatus.MERGED
        )
        found.update(_counted(members.c.list_id, stands))
    for one in lists:
        if one.kind is ListKind.SEARCH:
            found.update(
                _counted(sa.literal(one.id), Organization.id.in_(ids(organizations_on(one))))
            )
    return found


def _counted(list_id: sa.ColumnElement[int], stands: sa.ColumnElement[bool]) -> dict[int, Held]:
    """Count in one statement what stands on lists."""
    on_list = (
        sa.select(
            list_id.label("list_id"), Organization.id, Organization.email, Organization.status
        )
        .where(stands)
        .cte("on_list")
    )
    at_work = on_list.c.status == OrgStatus.ACTIVE
    reached = _reached(on_list).subquery()
    letters = (
        sa.select(
            reached.c.list_id,
            sa.func.count(reached.c.id.distinct()).label("reached"),
            sa.func.count(reached.c.address.distinct()).label("addresses"),
        )
        .group_by(reached.c.list_id)
        .subquery()
    )
    totals = (
        sa.select(
            on_list.c.list_id,
            sa.func.count().label("organizations"),
            sa.func.count().filter(at_work).label("at_work"),
        )
        .group_by(on_list.c.list_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(totals, letters.c.reached, letters.c.addresses).outerjoin(
            letters, letters.c.list_id == totals.c.list_id
        )
    )
    return {number: Held(*(count or 0 for count in counts)) for number, *counts in rows}


def _reached(on_list: sa.CTE) -> sa.CompoundSelect[Any]:
    """Return the question for the addresses, by the rule of `registry.queries.recipients`."""
    person = (
        Contact.email != "",
        Contact.preferred_channel == Channel.EMAIL,
        active_contact(),
        Contact.organization_id == on_list.c.id,
    )
    at_work = on_list.c.status == OrgStatus.ACTIVE
    columns = (on_list.c.list_id, on_list.c.id)
    people = (
        sa.select(*columns, Contact.email.label("address"))
        .join(on_list, sa.and_(*person))
        .where(at_work)
    )
    own = sa.select(*columns, on_list.c.email).where(
        at_work, on_list.c.email != "", ~sa.exists().where(*person).correlate(on_list)
    )
    return sa.union_all(people, own)
