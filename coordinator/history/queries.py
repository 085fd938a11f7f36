"""The history of an organisation, from all sources, the newest first."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import joinedload

from coordinator.extensions import db
from coordinator.history import sources
from coordinator.history.models import Encounter
from coordinator.history.sources import Event, Source
from coordinator.registry.models import Organization

PAGE = 30
MOST_PAGES = 100


@dataclass(frozen=True)
class Timeline:
    """Some lines of a history, and whether older ones follow."""

    events: list[Event]
    older: bool


def timeline(
    organization: Organization, kind: str = "", page: int = 1, size: int = PAGE
) -> Timeline:
    """Return a page of the history; `kind` names one source, none means all.

    Each source gives as many lines as the page could need at most, in its own few statements.
    """
    last = min(max(page, 1), MOST_PAGES) * size
    found = [
        event
        for source in told()
        if kind in ("", source.name)
        for event in source.load(organization, last + 1)
    ]
    found.sort(key=lambda event: event.at, reverse=True)
    return Timeline(found[last - size : last], len(found) > last)


def told() -> list[Source]:
    """Return the sources that the reader may see."""
    return [one for one in sources.known().values() if current_user.role in one.roles]


def remarks(organization: Organization) -> list[str]:
    """Return what somebody should know before they call: a streak of absences."""
    said = [one.load(organization) for one in sources.remarks() if current_user.role in one.roles]
    return [sentence for sentence in said if sentence]


def encounter(organization: Organization, public_id: str) -> Encounter | None:
    """Return what was written down under an address, if it is about the organisation."""
    if not (public_id.isascii() and public_id.isalnum()):
        return None
    return db.session.scalar(
        sa.select(Encounter)
        .where(Encounter.public_id == public_id, Encounter.organization_id == organization.id)
        .options(joinedload(Encounter.contact), joinedload(Encounter.created_by))
    )
