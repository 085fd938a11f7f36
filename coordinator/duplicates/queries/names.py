"""Names that nearly say the same, found by the rare words that they share."""

import re
from collections import Counter, defaultdict
from itertools import combinations

from rapidfuzz import fuzz

from coordinator import turkish
from coordinator.duplicates.queries.picture import Pair, Picture, Seen
from coordinator.registry.likeness import COMMON, LEGAL, Reason, same_body, telling
from coordinator.registry.lookalikes import latin

VOWELS = re.compile("[aeiou]")
STEM = 5
"""So many letters of a word: endings and late slips of the pen fall away."""
RARE = 12
"""A word that no more names have than this is enough to look at them together."""
SMALL = 20
OTHER_KIND = 0.7
"""Of names that share two words, or all, so many are looked at together."""


def likely_pairs(picture: Picture) -> set[Pair]:
    """Return the pairs whose names are worth a comparison."""
    stems = {
        (one.id, name): _stems(name)
        for one in picture.seen.values()
        for name in {one.folded, *one.former}
    }
    frequency = Counter(stem for some in stems.values() for stem in set(some))
    blocks: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for (number, name), some in stems.items():
        for key in _keys(sorted(set(some), key=lambda stem: (frequency[stem], stem))):
            blocks[key].add(number)
        blocks["", name.replace(" ", "")].add(number)
        blocks["bones", VOWELS.sub("", " ".join(_told(name)))].add(number)
    for one in picture.seen.values():
        if one.short_name:
            blocks["short", turkish.search_key(one.short_name)].add(one.id)
        blocks["short", " ".join(_told(one.folded))].add(one.id)
    pairs: set[Pair] = set()
    for key, numbers in blocks.items():
        if 1 < len(numbers) <= (RARE if len(key) == 1 else SMALL):
            pairs.update(combinations(sorted(numbers), 2))
    return pairs


def named_alike(one: Seen, other: Seen) -> tuple[Reason, float] | None:
    """Return why and how much the names speak for one organisation; None if they do not."""
    if one.folded == other.folded:
        if turkish.search_key(latin(one.name)) != turkish.search_key(one.name) or (
            turkish.search_key(latin(other.name)) != turkish.search_key(other.name)
        ):
            return Reason.LOOKS_SAME, 0.92
        return Reason.SAME_NAME, 0.9
    if one.folded.replace(" ", "") == other.folded.replace(" ", ""):
        return Reason.NAME, 0.88
    if _may_be_one(one.words, other.words) and same_body(one.folded, other.folded):
        return Reason.NAME, _nearness(one.folded, other.folded)
    if any(same_body(one.folded, name) for name in other.former) or any(
        same_body(name, other.folded) for name in one.former
    ):
        return Reason.FORMER_NAME, 0.7
    if _is_short_for(one, other) or _is_short_for(other, one):
        return Reason.SHORT_NAME, 0.6
    return None


def _may_be_one(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell most of those that `same_body` will tell apart, at a tenth of its price."""
    left, right = one - other, other - one
    if not left or not right:
        return True
    size, other_size = sum(map(len, left)), sum(map(len, right))
    return 3 * min(size, other_size) >= 2 * max(size, other_size)


def _nearness(one: str, other: str) -> float:
    """Return between 0.55 and 0.85, by how alike the telling words are."""
    alike = fuzz.token_sort_ratio(" ".join(_told(one)), " ".join(_told(other)))
    nearness = 0.55 + 0.3 * max(0.0, (alike - 60) / 40)
    return nearness if _one_kind(one, other) else nearness * OTHER_KIND


def _one_kind(one: str, other: str) -> bool:
    """May both be of one kind, by what their names say? A Dernek is no Vakıf."""
    kinds = [{word[:3] for word in name.split() if word in LEGAL} for name in (one, other)]
    return not all(kinds) or not kinds[0].isdisjoint(kinds[1])


def _is_short_for(one: Seen, other: Seen) -> bool:
    """Is the one known by the short name of the other, and by no more?"""
    if len(other.short_name) < 3:
        return False
    return turkish.search_key(other.short_name) in (one.folded, " ".join(_told(one.folded)))


def _stems(name: str) -> list[str]:
    words = [word for word in _told(name) if word not in COMMON] or _told(name)
    return [word[:STEM] for word in words]


def _told(name: str) -> list[str]:
    return telling(name.split())


def _keys(rarest_first: list[str]) -> list[tuple[str, ...]]:
    """Return under what a name is looked at: its rare words, two by two, and all of them."""
    rare = rarest_first[:3]
    keys: list[tuple[str, ...]] = [(stem,) for stem in rare]
    keys += [tuple(sorted(pair)) for pair in combinations(rare, 2)]
    return [*keys, ("all", *sorted(rarest_first))]
