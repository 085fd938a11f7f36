"""The pages: the window, activities with partners and tasks, the public programme."""

from coordinator.activities.views import (
    activities,
    listing,
    outcomes,
    partners,
    programme,
    tasks,
    window,
)
from coordinator.activities.views.blueprint import blueprint

__all__ = [
    "activities",
    "blueprint",
    "listing",
    "outcomes",
    "partners",
    "programme",
    "tasks",
    "window",
]
