"""The index of words under which each organisation is found.

A search for "cig kad" means: one word begins with "cig" and another with "kad". Both databases
answer that from one index at any size, which they cannot do for "contains". The words follow
whatever is flushed through the session; rows that came in some other way need `reindex`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.extensions import db
from coordinator.registry.models import (
    Contact,
    Organization,
    OrganizationName,
    organization_word,
)
from coordinator.registry.search.words import (
    address_words,
    name_words,
    number_words,
    phone_words,
    words,
)

CHUNK = 500
LAST = chr(0x10FFFF)


def beginning_with(term: str) -> sa.ColumnElement[bool]:
    """The condition that a word of the index begins with `term`."""
    word = organization_word.c.word
    return sa.and_(word >= term, word < term + LAST)


def reindex(ids: Iterable[int] | None = None) -> int:
    """Write the words of these organisations anew, or of all; return how many they were."""
    connection = db.session.connection()
    if ids is None:
        ids = list(connection.scalars(sa.select(Organization.id)))
    return _index(connection, ids)


def _index(connection: sa.Connection, ids: Iterable[int]) -> int:
    done = 0
    for chunk in _chunks(ids):
        connection.execute(
            sa.delete(organization_word).where(organization_word.c.organization_id.in_(chunk))
        )
        rows = [
            {"organization_id": number, "word": word}
            for number, found in _words(connection, chunk).items()
            for word in found
        ]
        if rows:
            connection.execute(sa.insert(organization_word), rows)
        done += len(chunk)
    return done


# What is read of each kind of row, and how: the first column says whose words they are.
_READ = (
    (Organization.id, ((Organization.name, name_words), (Organization.short_name, words),
     (Organization.registry_no, number_words), (Organization.tax_no, number_words),
     (Organization.email, address_words), (Organization.kep, address_words),
     (Organization.phone, phone_words))),
    (Contact.organization_id, ((Contact.full_name, words), (Contact.email, address_words),
     (Contact.phone, phone_words))),
    (OrganizationName.organization_id, ((OrganizationName.name, name_words),)),
)  # fmt: skip


def _words(connection: sa.Connection, ids: list[int]) -> dict[int, dict[str, None]]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for owner, parts in _READ:
        asked = sa.select(owner, *(column for column, _read in parts)).where(owner.in_(ids))
        for number, *texts in connection.execute(asked):
            for text, (_column, read) in zip(texts, parts, strict=True):
                if text:
                    found[number].update(dict.fromkeys(read(text)))
    return found


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


_FOLLOWED: dict[type[Any], tuple[str, ...]] = {
    Organization: ("name", "short_name", "email", "kep", "registry_no", "tax_no", "phone"),
    Contact: ("full_name", "email", "phone", "organization_id", "organization"),
    OrganizationName: ("name", "organization_id", "organization"),
}


@sa.event.listens_for(db.session, "after_flush")
def follow_changes(session: Session, _context: Any) -> None:
    """Keep the words in step with the organisations, names and contacts just written."""
    changed: set[int] = set()
    for record in (*session.new, *session.dirty):
        followed = _FOLLOWED.get(type(record))
        if followed and _touched(record, followed):
            changed.update(_owners(record))
    for record in session.deleted:
        if isinstance(record, Contact | OrganizationName):
            changed.update(_owners(record))
    changed -= {one.id for one in session.deleted if isinstance(one, Organization)}
    if changed:
        _index(session.connection(), sorted(changed))


def _touched(record: Any, attributes: tuple[str, ...]) -> bool:
    state = sa.inspect(record)
    return any(state.attrs[name].history.has_changes() for name in attributes)


def _owners(record: Any) -> list[int]:
    """Return whose words a row gives, and whose it gave before it was moved."""
    if isinstance(record, Organization):
        return [record.id]
    before = sa.inspect(record).attrs.organization_id.history.deleted or ()
    return [one for one in (record.organization_id, *before) if one is not None]
