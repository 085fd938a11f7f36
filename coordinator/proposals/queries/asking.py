"""Who was asked to a call, and who could still be."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator import turkish
from coordinator.extensions import db
from coordinator.outbox.models import LetterState
from coordinator.proposals.models import Call, CallAccess
from coordinator.proposals.queries.calls import accesses, invited_ids, is_address
from coordinator.proposals.queries.counting import numbers_sent_in
from coordinator.registry import queries as registry
from coordinator.registry.models import Organization, OrgStatus
from coordinator.wording import one_line

AT_ONCE = 5000
MOST_CHOICES = 300


@dataclass(frozen=True)
class AskedOrganization:
    """An organisation in the call's list: its letters' state, and what it sent in."""

    organization: Organization
    letter: LetterState | None
    reason: str
    told: bool
    reachable: bool
    sent_in: int


@dataclass(frozen=True)
class Choice:
    """An organisation to which the call's letter may go."""

    organization: Organization
    recipients: Sequence[registry.Recipient]
    chosen: bool


def asked_organizations(call: Call) -> list[AskedOrganization]:
    """Return who was asked, and who of the invited was not, in Turkish order."""
    own: dict[int, list[CallAccess]] = {}
    for access in accesses(call):
        own.setdefault(access.organization_id, []).append(access)
    numbers = numbers_sent_in(call)
    rows = [
        _asked(some[0].organization, some, numbers.get(organization_id, 0))
        for organization_id, some in own.items()
    ]
    silent = invited_ids(call.window) - own.keys()
    rows += [_asked(one, [], 0) for one in _organizations(silent)]
    return sorted(rows, key=lambda row: row.organization.sort_key)


def _asked(
    organization: Organization, accesses: Sequence[CallAccess], number: int
) -> AskedOrganization:
    letters = [one.letter for one in accesses if one.letter is not None]
    # One letter that arrived is enough; of the others the one that failed is told.
    order = (LetterState.SENT, LetterState.FAILED)
    letters.sort(key=lambda one: order.index(one.state) if one.state in order else len(order))
    return AskedOrganization(
        organization=organization,
        letter=letters[0].state if letters else None,
        reason=(letters[0].reason or "") if letters else "",
        told=any(one.asked_at for one in accesses),
        reachable=bool(accesses),
        sent_in=number,
    )


def untold_ids(call: Call) -> list[int]:
    """Return the invited organisations that can be written to, but were told by no letter yet."""
    told = sa.select(CallAccess.organization_id).where(
        CallAccess.call_id == call.id, CallAccess.asked_at.is_not(None)
    )
    invited = invited_ids(call.window) - set(db.session.scalars(told))
    ids = [one.id for one in _organizations(invited)]
    recipients = registry.recipients(ids)
    return [one for one in ids if recipients[one]]


def chosen_ids(public_ids: Collection[str]) -> list[int]:
    """Return the ids of the active organisations that were ticked."""
    found: list[int] = []
    wanted = sorted({one for one in public_ids if is_address(one)})
    for start in range(0, len(wanted), AT_ONCE):
        found += db.session.scalars(
            sa.select(Organization.id)
            .where(
                Organization.public_id.in_(wanted[start : start + AT_ONCE]),
                Organization.status == OrgStatus.ACTIVE,
            )
            .order_by(Organization.sort_key)
        )
    return found


def choices(call: Call, *, everybody: bool, search: str) -> list[Choice]:
    """Return whom the call's letter may go to: the invited, or every active organisation.

    Who has the letter already is left out; who was not told yet and can be reached is chosen.
    """
    written_to = sa.select(CallAccess.organization_id).where(
        CallAccess.call_id == call.id, CallAccess.letter_id.is_not(None)
    )
    wanted = (
        sa.select(Organization)
        .where(Organization.status == OrgStatus.ACTIVE, Organization.id.not_in(written_to))
        .options(joinedload(Organization.district))
        .order_by(Organization.sort_key, Organization.id)
        .limit(MOST_CHOICES)
    )
    if not everybody:
        wanted = wanted.where(Organization.id.in_(invited_ids(call.window)))
    key = turkish.search_key(one_line(search)[:200])
    if key:
        wanted = wanted.where(Organization.search_key.contains(key, autoescape=True))
    found = db.session.scalars(wanted).all()
    untold = set(untold_ids(call))
    recipients = registry.recipients([one.id for one in found])
    return [Choice(one, recipients[one.id], one.id in untold) for one in found]


def _organizations(ids: Collection[int]) -> list[Organization]:
    wanted = sorted(ids)
    found: list[Organization] = []
    for start in range(0, len(wanted), AT_ONCE):
        found += db.session.scalars(
            sa.select(Organization).where(
                Organization.id.in_(wanted[start : start + AT_ONCE]),
                Organization.status == OrgStatus.ACTIVE,
            )
        )
    return sorted(found, key=lambda one: one.sort_key)
