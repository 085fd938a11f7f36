"""Who can be chosen for a meeting: the organisations that the filters leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, load_only

from coordinator.extensions import db
from coordinator.invitations import queries
from coordinator.lists import queries as lists
from coordinator.lists.models import OrganizationList
from coordinator.registry.listing import Filters
from coordinator.registry.listing import choose as filtered
from coordinator.registry.models import District, Organization, OrgStatus
from coordinator.registry.queries import recipients

MOST = 3000
"""How many organisations one page of choosing shows."""


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be chosen, and what speaks for or against it."""

    organization: Organization
    addresses: int
    on_list: bool
    invited: bool


@dataclass(frozen=True)
class Candidates:
    """What the filters leave; `query` is what stands in the address for them."""

    filters: Filters
    reach: str
    all_checked: bool
    rows: list[Candidate]
    more: bool
    saved: OrganizationList | None = None
    """The saved list that the filters name."""

    @property
    def lost(self) -> bool:
        """Do the filters name a saved list that is no longer there?"""
        return self.saved is None and bool(self.filters.first(lists.FILTER))

    @property
    def query(self) -> dict[str, str | list[str]]:
        return {**self.filters.as_query(), **({"adres": self.reach} if self.reach else {})}

    @property
    def free(self) -> int:
        return sum(not row.on_list for row in self.rows)


def candidates(meeting_id: int, values: Mapping[str, Any]) -> Candidates:
    """Return the active organisations that the filters leave, in Turkish order."""
    filters = Filters.read(values)
    reach = str(values.get("adres") or "")
    asked = filtered(filters).options(
        load_only(Organization.id, Organization.public_id, Organization.name),
        joinedload(Organization.district).load_only(District.name),
    )
    found = list(db.session.scalars(asked.limit(MOST + 1)))
    known = queries.invited_ids(meeting_id)
    reached = recipients([one.id for one in found[:MOST]])
    rows = [
        Candidate(one, len(reached[one.id]), one.id in known, known.get(one.id, False))
        for one in found[:MOST]
    ]
    if reach in {"var", "yok"}:
        rows = [row for row in rows if bool(row.addresses) is (reach == "var")]
    else:
        reach = ""
    name = filters.first(lists.FILTER)
    return Candidates(
        filters,
        reach,
        bool(values.get("hepsi")),
        rows,
        len(found) > MOST,
        lists.find(name) if name else None,
    )


def named(public_ids: Sequence[str]) -> list[Organization]:
    """Return the active organisations of these page addresses."""
    wanted = [one for one in public_ids if len(one) == 12][:MOST]
    if not wanted:
        return []
    return list(
        db.session.scalars(
            sa.select(Organization).where(
                Organization.public_id.in_(wanted), Organization.status == OrgStatus.ACTIVE
            )
        )
    )
