"""The numbers under which the tax office (VKN) and the trade register (MERSİS) know a body."""

import re
import unicodedata

from flask_babel import lazy_gettext as _l

from coordinator.wording import Unkeepable, keepable

DIGITS = (10, 16)
_LABEL = re.compile(
    r"^(?:(?:verg[iİ](?:\s*k[iİ]ml[iİ]k)?|vkn|v\.\s*k\.|mers[iİ]s)\s*"
    r"(?:n[o0](?:su)?|num(?:aras[ıiIİ])?)?\s*[.:=#]*\s*)+(?=\d)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s\-‐‑‒–—―−/._]+")


def normalized(text: str) -> str:
    """Return the ten digits of a VKN or the sixteen of a MERSİS number, or nothing for nothing.

    Raises Unkeepable for any other count of digits, for letters, and for a TCKN.
    """
    typed = unicodedata.normalize("NFKC", keepable(text))
    bare = _BETWEEN.sub("", _LABEL.sub("", typed))
    if not bare:
        return ""
    if not (bare.isascii() and bare.isdigit()):
        raise Unkeepable(_l("Write digits only: the 10 of the tax number or the 16 of MERSİS."))
    if len(bare) not in DIGITS:
        raise Unkeepable(
            _l(
                "A tax number has 10 digits and a MERSİS number 16; this one has %(count)s.",
                count=len(bare),
            )
        )
    return bare
