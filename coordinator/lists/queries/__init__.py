"""Named reads of lists: the lists, who stands on them, how many that are."""

from coordinator.lists.queries.holding import Held, held
from coordinator.lists.queries.records import (
    PER_PAGE,
    all_lists,
    choices,
    find,
    named,
    names,
    organizations,
    page,
)
from coordinator.lists.queries.standing import (
    FILTER,
    condition,
    filters_named,
    filters_of,
    groups_of,
    ids,
    member_ids,
    members_of,
    only,
    organizations_on,
    searches_by,
    searches_finding,
)

__all__ = [
    "FILTER",
    "PER_PAGE",
    "Held",
    "all_lists",
    "choices",
    "condition",
    "filters_named",
    "filters_of",
    "find",
    "groups_of",
    "held",
    "ids",
    "member_ids",
    "members_of",
    "named",
    "names",
    "only",
    "organizations",
    "organizations_on",
    "page",
    "searches_by",
    "searches_finding",
]
