"""The registry from the command line; packages above add their commands to `group`."""

from coordinator.registry.commands.lists import described, group
from coordinator.registry.commands.naming import organization_named
from coordinator.registry.commands.undoing import undo

__all__ = ["described", "group", "organization_named", "undo"]
