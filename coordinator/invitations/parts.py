"""What upper floors put into an invitation's own page."""

from dataclasses import dataclass

from coordinator import page_parts
from coordinator.access import READERS, Role
from coordinator.invitations.models import Invitation


@dataclass(frozen=True)
class Part(page_parts.Part[Invitation]):
    """A part of the page, rendered with `invitation`."""

    roles: frozenset[Role] = READERS


PARTS = page_parts.PageParts[Invitation]("invitation")
init_app, add, shown = PARTS.init_app, PARTS.add, PARTS.shown
