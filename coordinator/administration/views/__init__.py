"""The pages of administration."""

from coordinator.administration.views import audit, deliveries, hub, institution, people, set_up
from coordinator.administration.views.blueprint import blueprint

__all__ = ["audit", "blueprint", "deliveries", "hub", "institution", "people", "set_up"]
