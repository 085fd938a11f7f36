"""What is told to the floors above: letters and pages are being made, organisations were asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from blinker import Namespace

from coordinator.links import LinkBook

_names = Namespace()

composing = _names.signal("invitations.composing")
"""Sent once for a whole batch: `composing.send(meeting, asked=[Asked, …])`.

A receiver returns None, or a list as long as `asked` with a Block or None for each place. It may
ask the database once for the batch, never once for each place.
"""


invited = _names.signal("invitations.invited")
"""Organisations were asked: `invited.send(meeting, invitations=[Invitation, …], actor=Actor)`.

Sent in the transaction of the deed, once however many they are, after their letters are queued;
`invitations` are those newly asked.
"""


seated_untold = _names.signal("invitations.seated_untold")
"""Places became free for some whom no letter can tell: `….send(meeting, invitations=[…])`."""


@dataclass(frozen=True)
class Asked:
    """One recipient whose letter or page is being made.

    `book` is the letter's link book: links may be issued, and their addresses come from it.
    Without a book nothing may be written: on a page (`sample` is false) addresses are made of
    links that exist, with `links.token_of`; in a preview (`sample` is true) any address does.
    """

    invitation_id: int | None
    organization_id: int
    contact_id: int | None
    language: str
    book: LinkBook | None = None
    sample: bool = False


@dataclass(frozen=True)
class Block:
    """A further subject in a letter and on the page after the answer: text and one link."""

    title: str
    text: str
    link_text: str
    url: str


def blocks_for(meeting: Any, asked: Sequence[Asked]) -> list[list[Block]]:
    """Ask every receiver once; return the blocks of each place of `asked`."""
    blocks: list[list[Block]] = [[] for _ in asked]
    if not asked:
        return blocks
    for _receiver, answers in composing.send(meeting, asked=asked):
        for place, block in enumerate(answers or ()):
            if block is not None:
                blocks[place].append(block)
    return blocks
