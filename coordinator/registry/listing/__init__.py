"""The list of organisations: what it is cut by, and how it is asked for and told."""

from coordinator.registry.listing.conditions import needs_attention
from coordinator.registry.listing.filters import ATTENTION, Filters
from coordinator.registry.listing.pages import (
    PAGE,
    Listed,
    Page,
    choose,
    found,
    organizations_page,
    suggested,
)
from coordinator.registry.listing.words import described

__all__ = [
    "ATTENTION",
    "PAGE",
    "Filters",
    "Listed",
    "Page",
    "choose",
    "described",
    "found",
    "needs_attention",
    "organizations_page",
    "suggested",
]
