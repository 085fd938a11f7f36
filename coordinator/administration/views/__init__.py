"""The pages of administration."""

from coordinator.administration.views import (
    audit,
    deliveries,
    holds,
    hub,
    institution,
    people,
    set_up,
)
from coordinator.administration.views.blueprint import blueprint

__all__ = ["audit", "blueprint", "deliveries", "holds", "hub", "institution", "people", "set_up"]
