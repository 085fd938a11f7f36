"""Names that lists write in capitals, as people write them."""

import re

from coordinator import turkish

_SMALL = {"Ve": "ve", "İle": "ile", "Veya": "veya", "İçin": "için"}
_VOWELS = set("AEIİOÖUÜÂÎÛ")
_ROMAN = re.compile(r"[IVX]+\.?")


def well_written(name: str) -> str:
    """Return a name in small letters if it is all capitals; a lone KADEM stays as it is."""
    long_words = [word for word in name.split() if len(word) > 3]
    if len(long_words) < 2 or name != turkish.upper(name):
        return name
    first, *others = [_titled(word) for word in name.split(" ")]
    return " ".join([first, *(_SMALL.get(word, word) for word in others)])


def person(name: str) -> str:
    """Return a person's name in small letters if it is all capitals: SU DENİZ is Su Deniz."""
    if " " not in name or name != turkish.upper(name):
        return name
    return turkish.title(name)


def position(text: str) -> str:
    """Return what somebody is in small letters if it is all capitals; YK stays as it is."""
    if len(text) < 4 or text != turkish.upper(text):
        return text
    words = [word if len(word) < 4 and word != "VE" else _titled(word) for word in text.split(" ")]
    return " ".join(_SMALL.get(word, word) for word in words)


def _titled(word: str) -> str:
    """Return a word with one capital; ÇYDD, (İKAD), T.C. and II. stay as they are."""
    bare = word.strip("()\"'“”.,")
    abbreviation = (
        not _VOWELS & set(bare)
        or "." in bare
        or word.startswith("(")
        or word.endswith(")")
        or _ROMAN.fullmatch(bare)
    )
    if abbreviation:
        return word
    return "-".join(turkish.title(part) for part in word.split("-"))
