"""Finds names that are nearly a given one among many, without comparing it to each of them."""

from collections import defaultdict

from rapidfuzz import fuzz, process

from coordinator.registry.importing.planning.known import Known
from coordinator.registry.likeness import COMMON, LEGAL, near_names

NEARLY = 92
"""From here on, two names in one district are probably one name, mistyped."""
MOST_WORDS = 6
ANYWHERE = "anywhere"

Key = tuple[int | str | None, str, int]


class NameIndex:
    """Folded names by how their telling words begin; a slip of the pen is rarely that early.

    Two names of one body share the beginnings of all telling words of the shorter one, or of all
    but one. Who shares so many stands in one of the rarest lists; only those are looked at.
    """

    def __init__(self) -> None:
        self._entries: list[tuple[Known, str, frozenset[str]]] = []
        self._places: dict[Key, list[int]] = defaultdict(list)

    def add(self, known: Known, name: str) -> None:
        """Take a folded name of an organisation in."""
        beginnings = _beginnings(name)
        place, size = len(self._entries), _size(beginnings)
        self._entries.append((known, name, beginnings))
        for beginning in beginnings:
            self._places[known.values["district_id"], beginning, size].append(place)
            self._places[ANYWHERE, beginning, size].append(place)

    def like(self, name: str, district: int | None) -> list[Known]:
        """Return those with nearly the name, in the district or where none is known."""
        pool = {place: self._entries[place][1] for place in self._near(name, district)}
        if not pool:
            return []
        found = near_names(name, pool)
        nearly = process.extract(
            name, pool, scorer=fuzz.token_sort_ratio, score_cutoff=NEARLY, limit=5
        )
        found += [place for _name, _score, place in nearly]
        return [self._entries[place][0] for place in found]

    def _near(self, name: str, district: int | None) -> set[int]:
        beginnings = _beginnings(name)
        size = _size(beginnings)
        found: set[int] = set()
        for where in (ANYWHERE,) if district is None else (district, None):
            for other in range(1, MOST_WORDS + 1):
                lists = sorted(
                    (self._places.get((where, one, other), ()) for one in beginnings), key=len
                )
                enough = max(1, min(size, other) - 1)
                for places in lists[: len(lists) - enough + 1]:
                    found.update(
                        place
                        for place in places
                        if len(beginnings & self._entries[place][2]) >= enough
                    )
        return found


def _size(beginnings: frozenset[str]) -> int:
    return min(len(beginnings), MOST_WORDS)


def _beginnings(name: str) -> frozenset[str]:
    """Return how the words begin that tell a name from others."""
    words = name.split()
    telling = {word[:3] for word in words if word not in LEGAL and word not in COMMON}
    return frozenset(telling or (word[:3] for word in words))
