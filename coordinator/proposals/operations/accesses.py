"""Who may write to a call: one access and one personal link for each recipient."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator import clock, links
from coordinator.extensions import db
from coordinator.proposals.models import Call, CallAccess
from coordinator.registry.models import Organization

PURPOSE = "call"
AT_ONCE = 5000
READ_ON = timedelta(days=90)
"""So long after the evaluation the link still shows what became of a proposal."""

Place = tuple[int, int | None]
"""An organisation's id and the contact's, None for the organisation's own address."""


def expiry(call: Call) -> datetime:
    """Return when the personal links of the call end."""
    last = max(call.window.evaluation_until, call.closes_on)
    return clock.end_of(last) + READ_ON


def welcome(call: Call, places: Iterable[Place]) -> dict[Place, CallAccess]:
    """Return an access with a living link for each place; those that are missing are made.

    A handful of statements however many places there are. The call's row is held meanwhile, so
    that two people who ask the same organisations at once do not make each access twice.
    """
    wanted = list(dict.fromkeys(places))
    if not wanted:
        return {}
    db.session.execute(sa.select(Call.id).where(Call.id == call.id).with_for_update())
    found = _stored(call, {organization_id for organization_id, _contact in wanted})
    missing = [place for place in wanted if place not in found]
    if missing:
        names = ("organization_id", "contact_id")
        rows = [{"call_id": call.id, **dict(zip(names, place, strict=True))} for place in missing]
        db.session.execute(sa.insert(CallAccess), rows)
        found |= _stored(call, {organization_id for organization_id, _contact in missing})
    accesses = {place: found[place] for place in wanted}
    _give_links(call, list(accesses.values()))
    return accesses


def known(call: Call, organization_ids: Iterable[int]) -> dict[Place, CallAccess]:
    """Return the accesses of the organisations that are there already; writes nothing."""
    return _stored(call, set(organization_ids))


def _stored(call: Call, organization_ids: set[int]) -> dict[Place, CallAccess]:
    found: dict[Place, CallAccess] = {}
    ids = sorted(organization_ids)
    for start in range(0, len(ids), AT_ONCE):
        rows = db.session.scalars(
            sa.select(CallAccess)
            .where(
                CallAccess.call_id == call.id,
                CallAccess.organization_id.in_(ids[start : start + AT_ONCE]),
            )
            .options(
                joinedload(CallAccess.link),
                joinedload(CallAccess.organization).load_only(Organization.name),
            )
        )
        found |= {(one.organization_id, one.contact_id): one for one in rows}
    return found


def _give_links(call: Call, accesses: Sequence[CallAccess]) -> None:
    without = [one for one in accesses if one.link is None or not links.is_open(one.link)]
    made = links.issue_all(PURPOSE, [one.id for one in without], expiry(call))
    for access, link in zip(without, made, strict=True):
        access.link = link
    db.session.flush()
