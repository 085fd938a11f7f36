"""Who is in a fixed group."""

from collections.abc import Iterable

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.lists import queries
from coordinator.lists.models import ListKind, OrganizationList, list_member
from coordinator.registry.models import Organization


class NoGroup(RuleBroken):
    """Somebody deleted the group meanwhile, or it is a saved search, which finds by itself."""

    message = _l("This group is no longer there. Look at the lists and choose another one.")


def add(*, group: OrganizationList, organizations: Iterable[Organization], actor: Actor) -> int:
    """Put organisations into a group, each once; return how many are new there."""
    _lock(group)
    known = queries.member_ids(group)
    new = {one.id for one in organizations if one.merged_into_id is None} - known
    if new:
        db.session.execute(
            sa.insert(list_member),
            [{"list_id": group.id, "organization_id": number} for number in sorted(new)],
        )
        audit.record("list.members_added", group, actor, organizations=len(new))
    return len(new)


def remove(*, group: OrganizationList, organizations: Iterable[Organization], actor: Actor) -> int:
    """Take organisations out of a group; return how many were in it."""
    _lock(group)
    gone = {one.id for one in organizations} & queries.member_ids(group)
    if gone:
        db.session.execute(
            sa.delete(list_member).where(
                list_member.c.list_id == group.id, list_member.c.organization_id.in_(gone)
            )
        )
        audit.record("list.members_removed", group, actor, organizations=len(gone))
    return len(gone)


def _lock(group: OrganizationList) -> None:
    """Let one change a group at a time, and read it anew."""
    db.session.flush()
    asked = (
        sa.select(OrganizationList)
        .where(OrganizationList.id == group.id, OrganizationList.kind == ListKind.FIXED)
        .with_for_update(of=OrganizationList)
        .execution_options(populate_existing=True)
    )
    if db.session.scalar(asked) is None:
        raise NoGroup
