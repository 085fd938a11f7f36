"""The words under which an organisation is found.

A search for "cig kad" means: one word begins with "cig" and another with "kad". Both databases
answer that from one index at any size, which they cannot do for "contains". The words follow
whatever is flushed through the session; rows that came in some other way need `reindex`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator import turkish
from coordinator.extensions import db
from coordinator.registry.models import Contact, Organization, organization_word

LONGEST = 60
MOST_TERMS = 8
CHUNK = 500
_WORD = re.compile(r"[^\W_]+")
_LAST = chr(0x10FFFF)


def words(text: str) -> list[str]:
    """Return the folded words of a text, each once; an e-mail address stays whole."""
    found: dict[str, None] = {}
    for part in turkish.search_key(text).split():
        for word in [part] if "@" in part else _WORD.findall(part):
            found[word[:LONGEST]] = None
    return list(found)


def terms(text: str) -> list[str]:
    """Return what is looked for in a typed text: at most eight beginnings of words."""
    return words(text[:400])[:MOST_TERMS]


def beginning_with(term: str) -> sa.ColumnElement[bool]:
    """The condition that a word of the index begins with `term`."""
    word = organization_word.c.word
    return sa.and_(word >= term, word < term + _LAST)


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
            for number, text in _texts(connection, chunk).items()
            for word in words(text)
        ]
        if rows:
            connection.execute(sa.insert(organization_word), rows)
        done += len(chunk)
    return done


def _texts(connection: sa.Connection, ids: list[int]) -> dict[int, str]:
    organizations = sa.select(
        Organization.id,
        Organization.name,
        Organization.short_name,
        Organization.email,
        Organization.registry_no,
    ).where(Organization.id.in_(ids))
    contacts = sa.select(Contact.organization_id, Contact.full_name, Contact.email).where(
        Contact.organization_id.in_(ids)
    )
    texts: dict[int, list[str]] = defaultdict(list)
    for number, *parts, registry_no in connection.execute(organizations):
        # 35-123-456 is looked for with and without its strokes.
        texts[number] += [*parts, registry_no or "", (registry_no or "").replace("-", "")]
    for number, *parts in connection.execute(contacts):
        texts[number] += parts
    return {number: " ".join(parts) for number, parts in texts.items()}


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


_FOLLOWED = {
    Organization: ("name", "short_name", "email", "registry_no"),
    Contact: ("full_name", "email", "organization_id"),
}


@sa.event.listens_for(db.session, "after_flush")
def follow_changes(session: Session, _context: Any) -> None:
    """Keep the words in step with the organisations and contacts just written."""
    changed: set[int] = set()
    for record in (*session.new, *session.dirty):
        followed = _FOLLOWED.get(type(record))
        if followed and _touched(record, followed):
            changed.add(record.id if isinstance(record, Organization) else record.organization_id)
    changed.update(r.organization_id for r in session.deleted if isinstance(r, Contact))
    changed -= {r.id for r in session.deleted if isinstance(r, Organization)}
    if changed:
        _index(session.connection(), sorted(changed))


def _touched(record: Any, attributes: tuple[str, ...]) -> bool:
    state = sa.inspect(record)
    return any(state.attrs[name].history.has_changes() for name in attributes)
