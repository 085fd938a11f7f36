"""What the heading of one column says: what the column holds, and whose contact it is."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from coordinator import turkish
from coordinator.registry.importing.reading import vocabulary

LONGEST = 80
_NUMBER_BEFORE = re.compile(r"^(\d{1,2}) ")
_NUMBER_BEHIND = re.compile(r" (\d{1,2})$")


@dataclass(frozen=True)
class Heading:
    """`code` is the column's meaning; `role` ("baskan 2") names the person whom it is about."""

    code: str = ""
    role: str = ""
    numbered: bool = False
    """Does it only number the rows of the list?"""


def folded(heading: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", turkish.search_key(heading)).split())


def meant(heading: Any) -> Heading:
    """Return what a heading means; nothing for one that nobody knows."""
    if not isinstance(heading, str) or not heading or len(heading) > LONGEST:
        return Heading()
    return _meant(folded(heading))


@lru_cache(maxsize=2_000)
def _meant(text: str) -> Heading:
    if text in vocabulary.meanings("number"):
        return Heading(numbered=True)
    known = vocabulary.meanings("heading")
    plain = _NUMBER_BEHIND.sub("", text)
    of_person = _of_person(text)
    if text in known:
        return Heading(known[text], of_person.role)
    if of_person.code:
        return of_person
    return Heading(known.get(plain, ""))


def _of_person(text: str) -> Heading:
    """Read a heading such as "2. başkan telefon": whose, and what of them."""
    numbers = [
        found[1] for pattern in (_NUMBER_BEFORE, _NUMBER_BEHIND) if (found := pattern.search(text))
    ]
    bare = _NUMBER_BEHIND.sub("", _NUMBER_BEFORE.sub("", text))
    for role in _roles():
        if bare == role or bare.startswith(f"{role} "):
            rest = bare[len(role) :].strip()
            inner = _NUMBER_BEFORE.search(f"{rest} ")
            if inner:
                numbers.append(inner[1])
                rest = rest[len(inner[1]) :].strip()
            code = vocabulary.meanings("person").get(rest or "adi soyadi", "")
            number = numbers[0] if numbers and numbers[0] != "1" else ""
            return Heading(code, f"{role} {number}".strip() if code else "")
    return Heading()


@lru_cache(maxsize=1)
def _roles() -> list[str]:
    """Return the words for a person of an organisation, the longest first."""
    return sorted(vocabulary.meanings("role"), key=len, reverse=True)


def is_position(role: str) -> bool:
    """Does the word say what somebody is in the organisation, as "başkan" does?"""
    plain = _NUMBER_BEHIND.sub("", role)
    return vocabulary.meanings("role").get(plain) == "position"
