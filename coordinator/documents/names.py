"""File names as they may be kept: the person's own words, without what computers stumble on."""

import re

from coordinator import turkish
from coordinator.wording import keepable

MOST_BYTES = 200
_FORBIDDEN = re.compile(r'[<>:"|?*;]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def clean(typed: str) -> str:
    """Return the last part of a path as one clean name: `C:\\a\\İş Planı.xlsx` is `İş Planı.xlsx`.

    Raises Unkeepable if the name holds a TCKN.
    """
    name = _FORBIDDEN.sub("", keepable(re.split(r"[/\\]", typed)[-1])).rstrip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return _cut(name.strip(" .-"), MOST_BYTES)
    stem = stem.strip(" .-") or "belge"
    if _RESERVED.match(stem.split(".")[0]):
        stem = f"belge {stem}"
    return f"{_cut(stem, MOST_BYTES)}.{turkish.search_key(extension)[:10]}"


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore").rstrip()
