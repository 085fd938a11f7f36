"""Contacts of two records that look like one person."""

from coordinator.registry.models import Contact, Organization


def twins(kept: Organization, other: Organization) -> list[tuple[Contact, Contact]]:
    """Return pairs (of the kept record, of the other) with the same address or the same name.

    Whoever is reached today through the other record is no twin of somebody who has left.
    """
    free = list(kept.contacts)
    found = []
    for theirs in other.contacts:
        ours = next((one for one in free if _same(one, theirs)), None)
        if ours is not None:
            free.remove(ours)
            found.append((ours, theirs))
    return found


def sure(ours: Contact, theirs: Contact) -> bool:
    """Is nothing lost if the two are one? Two addresses of one name may be two people."""
    return not (ours.email and theirs.email) or ours.email == theirs.email


def _same(ours: Contact, theirs: Contact) -> bool:
    if theirs.is_active and not ours.is_active:
        return False
    same_address = bool(ours.email) and ours.email == theirs.email
    return same_address or (bool(ours.search_key) and ours.search_key == theirs.search_key)
