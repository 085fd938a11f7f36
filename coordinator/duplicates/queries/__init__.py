"""Named reads: pairs that are probably one, pairs that are two, and merges."""

from coordinator.duplicates.queries.lasting import last_suspects, look_ahead, suspects
from coordinator.duplicates.queries.people import sure, twins
from coordinator.duplicates.queries.records import (
    called,
    distinct,
    distinct_page,
    later_merge,
    merge_away,
    merge_of,
    merges_into,
    merges_page,
    organizations,
)
from coordinator.duplicates.queries.suspicion import Suspect, suspect

__all__ = [
    "Suspect",
    "called",
    "distinct",
    "distinct_page",
    "last_suspects",
    "later_merge",
    "look_ahead",
    "merge_away",
    "merge_of",
    "merges_into",
    "merges_page",
    "organizations",
    "sure",
    "suspect",
    "suspects",
    "twins",
]
