"""What upper floors put into an organisation's page."""

from dataclasses import dataclass

from coordinator.access import EVERYONE, Role
from coordinator.page_parts import PageParts, Part
from coordinator.registry.models import Organization


@dataclass(frozen=True)
class Section(Part[Organization]):
    """A part of the page, rendered with `organization`."""

    roles: frozenset[Role] = EVERYONE


SECTIONS = PageParts[Organization]("organization")
init_app, add, shown = SECTIONS.init_app, SECTIONS.add, SECTIONS.shown
