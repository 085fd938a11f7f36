"""What upper floors put into a meeting's summary."""

from dataclasses import dataclass

from coordinator import page_parts
from coordinator.access import READERS, Role
from coordinator.meetings.models import Meeting


@dataclass(frozen=True)
class Part(page_parts.Part[Meeting]):
    """A part of the page, rendered with `meeting`."""

    roles: frozenset[Role] = READERS


PARTS = page_parts.PageParts[Meeting]("meeting")
init_app, add, shown = PARTS.init_app, PARTS.add, PARTS.shown
