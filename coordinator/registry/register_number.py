"""The number under which the State's register keeps an organisation."""

import re
import unicodedata

from coordinator.wording import keepable

_LABEL = re.compile(
    r"^(?:(?:dernek|derneğin)?\s*(?:k[üu]t[üu]k|s[iİ]c[iİ]l)\s*"
    r"(?:n[o0](?:su)?|num(?:aras[ıiIİ])?)?\s*[.:=#º°\-–]*\s*)+(?=\d)",
    re.IGNORECASE,
)
_ASSOCIATION = re.compile(r"^(\d{2})-?(\d{3})-?(\d{3})$", re.ASCII)
_STROKE = re.compile(r"[\s\-‐‑‒–—―−⁃/\\|._,·•]+")


def normalized(text: str) -> str:
    """Return an association's number as NN-NNN-NNN; a number of another kind as it was typed.

    35/123/456, 35.123.456, 35 123 456, ３５１２３４５６ and "Kütük no: 35–123–456" are one
    number. A label before a number is left out. Raises Unkeepable for a TCKN.
    """
    typed = _LABEL.sub("", keepable(text))
    found = _ASSOCIATION.match(_STROKE.sub("-", unicodedata.normalize("NFKC", typed)).strip("-"))
    return "-".join(found.groups()) if found else typed
