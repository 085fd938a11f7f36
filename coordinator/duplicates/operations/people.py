"""The contacts of both records, and the accounts that act for either."""

import sqlalchemy as sa

from coordinator import i18n
from coordinator.duplicates.facts import Choices
from coordinator.duplicates.journal import Journal
from coordinator.duplicates.queries.people import sure, twins
from coordinator.extensions import db
from coordinator.registry.models import Contact, Organization, Representation

CONTACTS = Contact.metadata.tables["contact"]
ACCESS = Representation.metadata.tables["representation"]
FILLED = ("position", "email", "phone", "active_from")


def merge_people(
    journal: Journal, kept: Organization, other: Organization, choices: Choices
) -> list[str]:
    """Move the contacts; return what is worth a note of those that were the same people.

    A contact that is the same person stays, to be read, with the record that was merged.
    """
    same = {
        theirs.id: ours
        for ours, theirs in twins(kept, other)
        if (sure(ours, theirs) if choices.same_people is None else theirs.id in choices.same_people)
    }
    has_primary = any(one.is_primary and one.is_active for one in kept.contacts)
    lost = []
    for theirs in other.contacts:
        if theirs.id in same:
            lost += _fill(journal, same[theirs.id], theirs)
            _follow(journal, same[theirs.id], theirs)
            continue
        journal.move(CONTACTS.c.organization_id, [{"id": theirs.id}], other.id, kept.id)
        if has_primary and theirs.is_primary:
            journal.change(CONTACTS, {"id": theirs.id}, {"is_primary": False})
    moved = [one for one in other.contacts if one.id not in same]
    if not has_primary and not any(one.is_primary and one.is_active for one in moved):
        _choose_primary(journal, [*kept.active_contacts, *(one for one in moved if one.is_active)])
    return lost


def merge_access(journal: Journal, kept: Organization, other: Organization) -> None:
    """Let the accounts that act for the other act for the kept record, each once."""
    column = ACCESS.c.organization_id
    ours = set(db.session.scalars(sa.select(ACCESS.c.user_id).where(column == kept.id)))
    theirs = sa.select(ACCESS.c.id, ACCESS.c.user_id).where(column == other.id)
    for number, user_id in db.session.execute(theirs.order_by(ACCESS.c.id)).all():
        if user_id in ours:
            journal.remove(ACCESS, {"id": number})
        else:
            journal.move(column, [{"id": number}], other.id, kept.id)


def _fill(journal: Journal, ours: Contact, theirs: Contact) -> list[str]:
    """Fill what is not known of a person; return the second address and phone as lines."""
    empty = {name: getattr(theirs, name) for name in FILLED if not getattr(ours, name)}
    journal.change(CONTACTS, {"id": ours.id}, empty)
    second = [
        theirs.email if ours.email and theirs.email != ours.email else "",
        i18n.phone(theirs.phone) if ours.phone and theirs.phone != ours.phone else "",
    ]
    told = ", ".join(filter(None, second))
    return [f"{theirs.full_name}: {told}"] if told else []


def _follow(journal: Journal, ours: Contact, theirs: Contact) -> None:
    """Let letters, links and notes name the contact who stays."""
    for table in Contact.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is CONTACTS.c.id for key in column.foreign_keys):
                names = [one for one in table.primary_key if one is not column]
                rows = db.session.execute(
                    sa.select(*names).where(column == theirs.id).order_by(*names)
                ).all()
                keys = [dict(row._mapping) for row in rows]
                journal.move(column, keys, theirs.id, ours.id)


def _choose_primary(journal: Journal, people: list[Contact]) -> None:
    if people:
        first = min(people, key=lambda one: (one.sort_key, one.id))
        journal.change(CONTACTS, {"id": first.id}, {"is_primary": True})
