"""A list's life: saved, renamed, cut otherwise, made fixed, deleted."""

from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.lists import queries
from coordinator.lists.models import ListKind, OrganizationList, key_of, list_member
from coordinator.registry import listing
from coordinator.registry.listing import Filters


class NameTaken(RuleBroken):
    """Two lists of one name would be mixed up when somebody invites by it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _l("There is a list called “%(name)s” already. Choose another name.", name=name),
            field="name",
        )


class NameWithoutLetters(RuleBroken):
    """A name of signs alone cannot be found again."""

    def __init__(self) -> None:
        super().__init__(_l("Write a name with letters or numbers."), field="name")


class NothingSearched(RuleBroken):
    """A saved search without a filter would be everybody."""

    message = _l("Choose at least one filter first: this search would find every organisation.")


class NotWrittenSo(RuleBroken):
    """A saved search finds what is written so; a typing error in it would find nobody."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(
            _l(
                "No organisation is written %(words)s. Correct the search first, then save it.",
                words=", ".join(f"“{word}”" for word in words),
            )
        )


class SearchOfSearch(RuleBroken):
    """A saved search may stand on a fixed group, which stays what it is, and on nothing else."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _l(
                "This search is cut by “%(name)s”, which is a saved search itself. "
                "Take that filter away, or choose a fixed group.",
                name=name,
            )
        )


class Needed(RuleBroken):
    """A group by which a saved search is cut."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _l(
                "The saved search “%(name)s” needs this group. Delete that one first.",
                name=name,
            )
        )


class NotThisKind(RuleBroken):
    """Somebody made the search a group meanwhile."""

    message = _l("This list is a fixed group by now.")


def save_search(*, name: str, description: str, filters: Filters, actor: Actor) -> OrganizationList:
    """Save a search under a name; raises NameTaken, NothingSearched and the like."""
    _refuse_useless(filters)
    one = OrganizationList(kind=ListKind.SEARCH, filters=filters.as_query())
    return _add(one, name, description, actor)


def new_group(*, name: str, description: str, actor: Actor) -> OrganizationList:
    """Make a group that nobody is in yet; raises NameTaken."""
    return _add(OrganizationList(kind=ListKind.FIXED, filters={}), name, description, actor)


def rename(
    *, one: OrganizationList, version: int | None, name: str, description: str, actor: Actor
) -> None:
    """Change what a list is called; raises SavedMeanwhile, NameTaken."""
    claim(one, version)
    before = (one.name, one.description)
    if before != (name, description):
        _call(one, name, description)
        audit.record("list.edited", one, actor, before=before[0])


def search_otherwise(
    *, one: OrganizationList, version: int | None, filters: Filters, actor: Actor
) -> None:
    """Change what a saved search looks for; raises SavedMeanwhile and what saving raises."""
    claim(one, version)
    if one.kind is not ListKind.SEARCH:
        raise NotThisKind
    _refuse_useless(filters)
    before, one.filters = one.filters, filters.as_query()
    if before != one.filters:
        audit.record("list.search_changed", one, actor, before=before, after=one.filters)


def fix(*, one: OrganizationList, version: int | None, actor: Actor) -> int:
    """Make a saved search the group of those whom it finds now; return how many they are."""
    claim(one, version)
    if one.kind is not ListKind.SEARCH:
        raise NotThisKind
    found = list(db.session.scalars(queries.ids(queries.organizations_on(one))))
    before, one.filters, one.kind = one.filters, {}, ListKind.FIXED
    db.session.flush()
    if found:
        db.session.execute(
            sa.insert(list_member),
            [{"list_id": one.id, "organization_id": number} for number in found],
        )
    audit.record("list.fixed", one, actor, before=before, organizations=len(found))
    return len(found)


def delete(*, one: OrganizationList, version: int | None, actor: Actor) -> None:
    """Delete a list; its organisations stay. Raises SavedMeanwhile, Needed."""
    claim(one, version)
    for search in queries.searches_by(one):
        raise Needed(search.name)
    audit.record("list.deleted", one, actor, kind=one.kind.value, filters=one.filters)
    db.session.delete(one)
    db.session.flush()


def _add(one: OrganizationList, name: str, description: str, actor: Actor) -> OrganizationList:
    one.created_by_id = actor.user_id
    _call(one, name, description)
    audit.record("list.added", one, actor, kind=one.kind.value)
    return one


def _call(one: OrganizationList, name: str, description: str) -> None:
    """Give a list its name, which no other may have, and put it into the database."""
    if not any(letter.isalnum() for letter in key_of(name)):
        raise NameWithoutLetters
    with db.session.no_autoflush:
        other = db.session.scalar(sa.select(OrganizationList).filter_by(search_key=key_of(name)))
    if other is not None and other is not one:
        raise NameTaken(other.name)
    one.name, one.description = name, description
    db.session.add(one)
    try:
        db.session.flush()
    except IntegrityError as error:
        # Somebody else took the name between our look and our write.
        raise NameTaken(name) from error


def _refuse_useless(filters: Filters) -> None:
    if not filters:
        raise NothingSearched
    if forgiven := listing.organizations_page(filters).search.forgiven:
        raise NotWrittenSo(forgiven)
    by: Any = dict(filters.more).get(queries.FILTER)
    other = queries.find(by) if by else None
    if other is not None and other.kind is ListKind.SEARCH:
        raise SearchOfSearch(other.name)
