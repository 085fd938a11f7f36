"""The order of the distribution: heading, order of precedence, name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coordinator.invitations.models import Invitation, ListKind
from coordinator.invitations.queries.addressees import BROUGHT, Reached, reached
from coordinator.registry.models import Channel

HEADINGS = list(ListKind)
LAST = 10_000


def in_order(invitations: Iterable[Invitation]) -> list[Invitation]:
    """Return the invitations as they stand in a distribution list."""
    return sorted(invitations, key=_place)


def _place(one: Invitation) -> tuple[int, int, str, int]:
    organization = one.organization
    precedence = organization.protocol_order or LAST
    return HEADINGS.index(one.list_kind), precedence, organization.sort_key, one.id


@dataclass(frozen=True)
class Heading:
    """One heading of the distribution list with those who stand below it."""

    kind: ListKind
    invitations: list[Invitation]


def distribution(invitations: Sequence[Invitation], *, official_only: bool) -> list[Heading]:
    """Return the distribution list; of all, or of those to whom an official letter goes."""
    people: dict[int, Reached] = reached(invitations) if official_only else {}
    kept = [
        one
        for one in in_order(invitations)
        if not official_only or any(row.channel in OFFICIAL for row in people[one.id].others)
    ]
    found = [Heading(kind, [one for one in kept if one.list_kind is kind]) for kind in ListKind]
    return [heading for heading in found if heading.invitations]


OFFICIAL = frozenset(BROUGHT) - {Channel.BY_HAND}
"""Ways of an official letter: the system of official letters, and the post."""
