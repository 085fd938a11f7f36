"""The number under which the State's register keeps an organisation."""

import re

from coordinator.wording import keepable

_ASSOCIATION = re.compile(r"^(\d{2})[-/. ]*(\d{3})[-/. ]*(\d{3})$", re.ASCII)
_STROKE = re.compile(r"\s*[-‐‑‒–—−/.]\s*")


def normalized(text: str) -> str:
    """Return an association's number as NN-NNN-NNN; a number of another kind as it was typed.

    35/123/456, 35.123.456, 35 123 456 and 35123456 are one number. Raises Unkeepable for a TCKN.
    """
    typed = keepable(text)
    found = _ASSOCIATION.match(_STROKE.sub("-", typed))
    return "-".join(found.groups()) if found else typed
