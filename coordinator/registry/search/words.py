"""The words of names, numbers, phones and addresses, folded as they are looked for."""

import re

from coordinator import turkish
from coordinator.registry.lookalikes import latin

LONGEST = 60
WORD = re.compile(r"[^\W_]+")
_SUBSCRIBER = 7
_NATIONAL = 10


def words(text: str) -> list[str]:
    """Return the folded words of a text, each once; an e-mail address stays whole."""
    found: dict[str, None] = {}
    for part in turkish.search_key(text).split():
        for word in [part] if "@" in part else WORD.findall(part):
            found[word[:LONGEST]] = None
    return list(found)


def name_words(name: str) -> list[str]:
    """Return the words of a name, with look-alike letters as they are and as Latin ones."""
    return list(dict.fromkeys([*words(name), *words(latin(name))]))


def number_words(text: str) -> list[str]:
    """Return the words of a register or tax number; 35-123-456 is found without its strokes too."""
    parts = words(text)
    return [*parts, "".join(parts)[:LONGEST]] if len(parts) > 1 else parts


def address_words(email: str) -> list[str]:
    """Return the words of an e-mail address: the whole, and what stands behind the name."""
    whole = words(email)
    return [*whole, *(f"@{one.partition('@')[2]}" for one in whole if "@" in one)]


def phone_words(phone: str) -> list[str]:
    """Return the words of a phone as it is kept: the number in the country, and in the town."""
    digits = national(re.sub(r"\D", "", phone.partition(";")[0]))
    if len(digits) == _NATIONAL:
        return [digits, digits[-_SUBSCRIBER:]]
    return [digits] if digits else []


def national(digits: str) -> str:
    """Return a number's digits without the country's 90 and the 0 of the trunk line."""
    for start in ("0090", "90", "00", "0"):
        if digits.startswith(start) and len(digits) - len(start) >= _SUBSCRIBER:
            return digits[len(start) :]
    return digits
