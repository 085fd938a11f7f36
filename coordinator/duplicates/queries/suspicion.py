"""Pairs of organisations that are probably one, the most certain first.

Numbers, addresses, phones and sites are compared by grouping; names only within blocks that share
rare words, so that the register is never compared with itself name by name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

from coordinator.duplicates.queries.names import likely_pairs, named_alike
from coordinator.duplicates.queries.picture import Pair, Picture, Seen, take_pair
from coordinator.registry.likeness import CERTAIN, Reason, folded, number_key, site_key

ENOUGH = 37
"""Below this, two organisations have something in common, no more."""
SHORTEST_ADDRESS = 12
MOST_SHARING = 10
"""What more organisations than this have in common, an office house or a host, tells nothing."""

OWN = {Reason.EMAIL: 0.75, Reason.PHONE: 0.7}
MIXED = {Reason.EMAIL: 0.5, Reason.PHONE: 0.5}
"""One's own address is a contact's of the other."""
PEOPLE = {Reason.EMAIL: 0.3, Reason.PHONE: 0.25}
"""One person may speak for several organisations."""
ELSEWHERE = 0.6
UNNAMED = 0.75
"""An address in common, but names that have nothing in common."""
TWO_NUMBERS = 0.6

NAMING = frozenset(
    {
        Reason.REGISTRY_NO, Reason.TAX_NO, Reason.SAME_NAME, Reason.LOOKS_SAME, Reason.NAME,
        Reason.FORMER_NAME, Reason.SHORT_NAME,
    }
)  # fmt: skip

Found = dict[Pair, dict[Reason, float]]


@dataclass(frozen=True, slots=True)
class Suspect:
    """Two organisations that are probably one: how sure that is, in per cent, and why."""

    first: int
    second: int
    likeness: int
    reasons: tuple[Reason, ...]


def suspect(one: int, other: int) -> Suspect | None:
    """Judge a single pair as the whole register would; None if too little speaks for it."""
    pair = take_pair(one, other, MOST_SHARING)
    return next(iter(sought(pair)), None)


def sought(picture: Picture) -> list[Suspect]:
    """Return the pairs, the most certain first."""
    found: Found = defaultdict(dict)
    _by_numbers(picture, found)
    _by_reach(picture, found)
    for pair in likely_pairs(picture):
        likeness = named_alike(picture.seen[pair[0]], picture.seen[pair[1]])
        if likeness is not None:
            _note(found, pair, *likeness)
    judged = (
        _judge(picture, pair, reasons)
        for pair, reasons in found.items()
        if pair not in picture.apart
    )
    enough = [one for one in judged if one.likeness >= ENOUGH]
    return sorted(enough, key=lambda one: (-one.likeness, one.first, one.second))


def _by_numbers(picture: Picture, found: Found) -> None:
    for pair in _sharing(picture, lambda one: [number_key(one.registry_no)]):
        _note(found, pair, Reason.REGISTRY_NO, 1.0)
    for pair in _sharing(picture, lambda one: [number_key(one.tax_no)]):
        _note(found, pair, Reason.TAX_NO, 0.85)
    for pair in _sharing(picture, lambda one: [site_key(one.website)]):
        _note(found, pair, Reason.WEBSITE, 0.55)
    for pair in _sharing(picture, lambda one: [_address_key(one.address)]):
        _note(found, pair, Reason.ADDRESS, 0.5)


def _address_key(address: str) -> str:
    """Return a postal address without its punctuation; nothing if it names no house."""
    key = "".join(filter(str.isalnum, folded(address)))
    return key if len(key) >= SHORTEST_ADDRESS and any(map(str.isdigit, key)) else ""


def _by_reach(picture: Picture, found: Found) -> None:
    for pair in _sharing(picture, lambda one: {one.email, *one.emails}):
        one, other = picture.seen[pair[0]], picture.seen[pair[1]]
        _note_reached(found, pair, Reason.EMAIL, (one.email, one.emails, other.email, other.emails))
    for pair in _sharing(picture, lambda one: {one.phone, *one.phones}):
        one, other = picture.seen[pair[0]], picture.seen[pair[1]]
        _note_reached(found, pair, Reason.PHONE, (one.phone, one.phones, other.phone, other.phones))


def _note_reached(
    found: Found, pair: Pair, reason: Reason, held: tuple[str, list[str], str, list[str]]
) -> None:
    """Weigh an address that both have: as their own, as a contact's, or once so and once so."""
    own, people, other_own, other_people = held
    if own and own == other_own:
        weight = OWN[reason]
    elif own in other_people or other_own in people:
        weight = MIXED[reason]
    else:
        weight = PEOPLE[reason]
    _note(found, pair, reason, weight)


def _sharing(picture: Picture, marks: Callable[[Seen], Iterable[str]]) -> Iterable[Pair]:
    """Yield the pairs that have one of the marks in common."""
    holders: dict[str, list[int]] = defaultdict(list)
    for one in picture.seen.values():
        for mark in marks(one):
            if mark:
                holders[mark].append(one.id)
    pairs = {
        pair
        for numbers in holders.values()
        if 1 < len(numbers) <= MOST_SHARING
        for pair in combinations(sorted(numbers), 2)
    }
    return sorted(pairs)


def _note(found: Found, pair: Pair, reason: Reason, weight: float) -> None:
    found[pair][reason] = max(weight, found[pair].get(reason, 0))


def _judge(picture: Picture, pair: Pair, reasons: dict[Reason, float]) -> Suspect:
    """Add up what speaks for and against it."""
    first, second = picture.seen[pair[0]], picture.seen[pair[1]]
    doubt, told = 1.0, sorted(reasons, key=lambda one: (-reasons[one], list(Reason).index(one)))
    for weight in reasons.values():
        doubt *= 1 - weight
    likeness = (1 - doubt) * (UNNAMED if NAMING.isdisjoint(told) else 1)
    certain = not CERTAIN.isdisjoint(told)
    related = first.parent_id == second.id or second.parent_id == first.id
    sisters = first.parent_id is not None and first.parent_id == second.parent_id
    if (related or sisters) and not certain:
        # A branch has its head's name, site and phone.
        return Suspect(*pair, 0, tuple(told))
    if first.district_id and second.district_id and first.district_id != second.district_id:
        likeness *= 1 if certain else ELSEWHERE + (1 - ELSEWHERE) * _reached(reasons)
        told.append(Reason.OTHER_DISTRICT)
    if first.registry_no and second.registry_no and not certain:
        likeness *= TWO_NUMBERS
        told.append(Reason.OTHER_NUMBER)
    most = 100 if certain else 99
    return Suspect(*pair, min(round(likeness * 100), most), tuple(told))


def _reached(reasons: dict[Reason, float]) -> float:
    """Return how far a shared address outweighs that the districts differ."""
    return max((reasons.get(one, 0) for one in (Reason.EMAIL, Reason.PHONE)), default=0)
