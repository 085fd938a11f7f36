"""Something odd about a round of invitations, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import ngettext

from coordinator.invitations.models import Invitation
from coordinator.invitations.queries.addressees import Reached

NAMED = 6
"""How many organisations a sentence names."""

Pair = tuple[Invitation, Reached]


@dataclass(frozen=True)
class Oddity:
    """What is odd, in a sentence; what to do about it, and where."""

    title: str
    advice: str
    url: str = ""
    link_text: str = ""


def some_of(names: Sequence[str]) -> str:
    """Return the first names of a list, and how many more there are."""
    shown = ", ".join(names[:NAMED])
    left = len(names) - NAMED
    more = ngettext("and one more", "and %(num)s more", left) if left > 0 else ""
    return f"{shown} {more}".strip()
