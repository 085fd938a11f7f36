"""A search as it is put to the database: as it was typed, then inside names, then forgiving."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from coordinator import turkish
from coordinator.registry import queries
from coordinator.registry.models import Organization, organization_word
from coordinator.registry.search import near
from coordinator.registry.search.index import beginning_with
from coordinator.registry.search.near import Sought
from coordinator.registry.search.typed import terms
from coordinator.registry.search.words import words

# Up to here it is quicker to collect what was found and sort it; beyond, to walk in order.
MANY = 2000
Condition = sa.ColumnElement[bool]


class Search:
    """What is looked for, and in which way. How it is asked depends on how much it finds."""

    def __init__(self, text: str, *, forgiving: bool = True) -> None:
        self.text = text
        self.forgiving = forgiving
        self.sought: Sequence[Sought] = near.exactly(terms(text))
        self.inside = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def says_nothing(self) -> bool:
        """Was something typed in which there is no word and no number?"""
        return bool(self.text) and not (self.sought or self.inside)

    @property
    def forgiven(self) -> list[str]:
        """The typed words for which something nearly written so was found."""
        return [one.term.typed for one in self.sought if one.forgiven]

    def attempts(self) -> Iterator[None]:
        """Look in one other way after the next; at the end, as it was typed."""
        as_typed = self.sought
        # No word begins so. Look inside the names, as one does for "bağlar" in Karabağlar.
        self.inside = turkish.search_key(self.text) or self.text
        yield
        self.inside = ""
        if self.forgiving and any(one.term.word for one in as_typed):
            for attempt in near.attempts([one.term for one in as_typed]):
                self.sought = attempt
                yield
        self.sought = as_typed

    def conditions(self, total: int = 0) -> list[Condition]:
        """Return what is asked of an organisation, where about `total` of them are found."""
        if self.inside:
            return [Organization.search_key.contains(self.inside, autoescape=True)]
        if self.says_nothing:
            return [sa.false()]
        return [_condition(one, walking=total > MANY) for one in self.sought]


def _condition(sought: Sought, *, walking: bool) -> Condition:
    """Return the condition that an organisation is found in one of the ways."""
    alone = [way[0] for way in sought.ways if len(way) == 1]
    ways = [_has(alone, sought.whole, walking=walking)] if alone or sought.whole else []
    ways += [
        sa.and_(*(_has([one], (), walking=walking) for one in way))
        for way in sought.ways
        if len(way) > 1
    ]
    return sa.or_(*ways)


def _has(beginnings: Sequence[str], whole: Sequence[str], *, walking: bool) -> Condition:
    """Return the condition that a word, or one of the district's, begins so or is one of these."""
    matching = [beginning_with(one) for one in beginnings]
    if whole:
        matching.append(organization_word.c.word.in_(whole))
    districts = _districts(tuple(beginnings), whole)
    if walking:
        of_this = organization_word.c.organization_id == Organization.id
        there: Condition = sa.exists().where(of_this, sa.or_(*matching))
        return sa.or_(there, Organization.district_id.in_(districts)) if districts else there
    found: sa.SelectBase = sa.select(organization_word.c.organization_id).where(sa.or_(*matching))
    if districts:
        within = sa.select(Organization.id).where(Organization.district_id.in_(districts))
        found = sa.union(found, within)  # type: ignore[arg-type]
    return Organization.id.in_(found)


def _districts(beginnings: tuple[str, ...], whole: Sequence[str]) -> list[int]:
    return [
        one.id
        for one in queries.district_names()
        if any(
            word.startswith(beginnings) or word in whole
            for word in words(f"{one.name} {one.aliases}")
        )
    ]
