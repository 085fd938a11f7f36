"""How a proposed correction stands to what is stored today."""

from enum import Enum
from typing import Any

from coordinator.turkish import search_key
from coordinator.verification.facts import CONTACT_LEFT, NEW_CONTACT, same, stored
from coordinator.verification.models import ProposedChange


class Standing(Enum):
    """What taking the correction over would do."""

    PLAIN = "plain"
    """The record still says what it said when the correction was written."""
    THERE = "there"
    """The record says meanwhile what the correction says."""
    CHANGED = "changed"
    """The record says a third thing by now; somebody has to choose."""
    GONE = "gone"
    """The person is no longer a contact."""


def _is_there(change: ProposedChange) -> bool:
    """Is the person who came a contact already, reached under the same address or number?"""
    email, name = change.after["email"], search_key(change.after["full_name"])
    reached = (email, change.after["phone"])
    return any(
        (email and one.email == email) or (one.search_key, one.email, one.phone) == (name, *reached)
        for one in change.verification.organization.active_contacts
    )


def now_stored(change: ProposedChange) -> Any:
    """Return what the record says today where the correction would write."""
    if change.field in (NEW_CONTACT, CONTACT_LEFT):
        return None
    return stored(change.contact or change.verification.organization, change.field)


def standing(change: ProposedChange) -> Standing:
    """Return how an open correction stands to the record."""
    contact = change.contact
    if change.field == NEW_CONTACT:
        return Standing.THERE if _is_there(change) else Standing.PLAIN
    if contact is not None:
        theirs = contact.organization_id == change.verification.organization_id
        if not (theirs and contact.is_active):
            return Standing.THERE if change.field == CONTACT_LEFT else Standing.GONE
        if change.field == CONTACT_LEFT:
            return Standing.PLAIN
    now = now_stored(change)
    if same(now, change.after):
        return Standing.THERE
    return Standing.PLAIN if same(now, change.before) else Standing.CHANGED
