"""Who can be chosen for a meeting: the organisations that the filters leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload, load_only

from coordinator.extensions import db
from coordinator.i18n import day_short
from coordinator.invitations import queries
from coordinator.invitations.queries.earlier import Guests, guests, out_of_work
from coordinator.lists import queries as lists
from coordinator.lists.models import OrganizationList
from coordinator.meetings.models import Meeting
from coordinator.meetings.queries import find_meeting
from coordinator.registry.listing import Filters, described
from coordinator.registry.listing import choose as filtered
from coordinator.registry.models import District, Organization, OrgStatus
from coordinator.registry.queries import recipients

MOST = 3000
"""How many organisations one page of choosing shows."""


@dataclass(frozen=True)
class Route:
    """How organisations are looked for: by filters, a list, an earlier meeting's guests."""

    filters: Filters
    earlier: Meeting | None = None
    who: Guests = Guests.INVITED

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Route":
        """Return the choice that stands in an address; an unknown meeting is left out."""
        named = str(values.get("gecen") or "")[:12]
        who = str(values.get("kim") or "")
        return cls(
            Filters.read(values),
            find_meeting(named) if named else None,
            Guests(who) if who in set(Guests) else Guests.INVITED,
        )

    @property
    def query(self) -> dict[str, str | list[str]]:
        own = {"gecen": self.earlier.public_id, "kim": self.who.value} if self.earlier else {}
        return {**self.filters.as_query(), **own}

    @property
    def words(self) -> str:
        """By which choice, as it is kept with every invitation that comes of it."""
        parts = []
        if self.earlier is not None:
            day = day_short(self.earlier.starts_at)
            parts.append(f"{self.earlier.title}, {day}: {self.who.word}")
        if self.filters != Filters(ara=self.filters.ara):
            parts += described(self.filters)
        return "; ".join(parts) or _("by hand")

    def asked(self) -> sa.Select[Organization]:
        """Return the question for the active organisations that the choice leaves, in order."""
        asked = filtered(self.filters)
        if self.earlier is not None:
            asked = asked.where(Organization.id.in_(guests(self.earlier, self.who)))
        return asked


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be chosen, and what speaks for or against it."""

    organization: Organization
    addresses: int
    on_list: bool
    invited: bool


@dataclass(frozen=True)
class Candidates:
    """What the choice leaves; `query` is what stands in the address for it."""

    route: Route
    reach: str
    all_checked: bool
    rows: list[Candidate]
    more: bool
    saved: OrganizationList | None = None
    """The saved list that the filters name."""
    out_of_work: int = 0
    """How many of the earlier meeting's guests are passive or closed now."""

    @property
    def filters(self) -> Filters:
        return self.route.filters

    @property
    def lost(self) -> bool:
        """Do the filters name a saved list that is no longer there?"""
        return self.saved is None and bool(self.filters.first(lists.FILTER))

    @property
    def query(self) -> dict[str, str | list[str]]:
        return {**self.route.query, **({"adres": self.reach} if self.reach else {})}

    @property
    def free(self) -> int:
        return sum(not row.on_list for row in self.rows)

    @property
    def known(self) -> int:
        return len(self.rows) - self.free


def candidates(meeting_id: int, values: Mapping[str, Any]) -> Candidates:
    """Return the active organisations that the choice leaves, in Turkish order."""
    route = Route.read(values)
    reach = str(values.get("adres") or "")
    asked = route.asked().options(
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
    name = route.filters.first(lists.FILTER)
    return Candidates(
        route,
        reach,
        bool(values.get("hepsi")),
        rows,
        len(found) > MOST,
        lists.find(name) if name else None,
        out_of_work(route.earlier, route.who) if route.earlier else 0,
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
