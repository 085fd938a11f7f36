"""Letters to many recipients: links, blocks and outbox rows are made for all of them at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from coordinator import links
from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.invitations import queries
from coordinator.invitations.emails import Envelope, Writer, key
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind
from coordinator.invitations.queries import WrittenLetters
from coordinator.invitations.signals import Asked, blocks_for
from coordinator.letters import Letter
from coordinator.links import LinkBook
from coordinator.meetings.models import Meeting
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import OutboxLetter
from coordinator.registry.queries import Recipient

AT_ONCE = 5000
PURPOSE = "invitation"
OPEN_AFTER = timedelta(days=14)
"""How long a link opens its page after the meeting, so that people find the answer they gave."""
WITH_BLOCKS = {LetterKind.INVITATION, LetterKind.REMINDER, LetterKind.HANDOVER}


@dataclass(frozen=True)
class Target:
    """A recipient of an organisation's letter; `more` is for the kind of letter.

    `handover_id` names the letter by which somebody was handed the invitation; `round_` is for
    this target alone, where not all have the same.
    """

    invitation: Invitation
    recipient: Recipient
    more: dict[str, Any] = field(default_factory=dict)
    handover_id: int | None = None
    round_: object = ""


def write_letters(
    kind: LetterKind,
    meeting: Meeting,
    targets: Sequence[Target],
    round_: object = "",
    *,
    counted: bool = False,
) -> list[Target]:
    """Queue one letter, with its own link, to each target without one of that kind and round.

    Returns the targets who get one now. `counted` letters are in `letters_due` already.
    """
    written = queries.written_letters(meeting.id)
    fresh = _without_letter(kind, written, targets, round_)
    if not fresh:
        return []
    subjects = [target.invitation.id for target in fresh.values()]
    own = links.issue_all(PURPOSE, subjects, meeting.ends_at + OPEN_AFTER)
    letters = _composed(kind, meeting, fresh, own, written)
    _keep(kind, list(fresh.values()), outbox.queue_all(letters), own)
    if kind is LetterKind.INVITATION and not counted:
        _count_due(written, fresh.values())
    return list(fresh.values())


def _composed(
    kind: LetterKind,
    meeting: Meeting,
    fresh: dict[str, Target],
    own: Sequence[links.PersonalLink],
    written: WrittenLetters,
) -> list[Letter]:
    """Return the letters; those about a meeting to one address name the first one's organizer."""
    books = [LinkBook() for _ in fresh]
    blocks = _blocks(kind, meeting, list(fresh.values()), books)
    writer = Writer(meeting, institution.current())
    before = links.absolute("invitations.answer", token="-").removesuffix("-")  # noqa: S106
    first = dict(written.first)
    letters = []
    for (once, target), link, book, block in zip(fresh.items(), own, books, blocks, strict=True):
        address = target.recipient.address.lower()
        envelope = Envelope(
            recipient=target.recipient,
            organization_name=target.invitation.organization.name,
            url=f"{before}{book.mark(link)}",
            book=book,
            blocks=block,
            once=once,
            organizer_code=first.get(address),
            more=target.more,
            seats=target.invitation.seats,
        )
        letters.append(writer.write(kind, envelope))
        first.setdefault(address, letters[-1].code)
    return letters


def _without_letter(
    kind: LetterKind, written: WrittenLetters, targets: Sequence[Target], round_: object
) -> dict[str, Target]:
    """Return the targets that get a letter now, each by the key that makes it the only one."""
    fresh: dict[str, Target] = {}
    for target in targets:
        once = key(
            kind.value, target.invitation.id, target.recipient.address, target.round_ or round_
        )
        if once not in written.keys:
            fresh.setdefault(once, target)
    return fresh


def _keep(
    kind: LetterKind,
    targets: Sequence[Target],
    rows: Sequence[OutboxLetter],
    own: Sequence[links.PersonalLink],
) -> None:
    """Write down which letter and which link each target got."""
    values = [
        {
            "invitation_id": target.invitation.id,
            "kind": kind,
            "contact_id": target.recipient.contact_id,
            "letter_id": row.id,
            "link_id": link.id,
            "handed_by_id": target.handover_id,
        }
        for target, row, link in zip(targets, rows, own, strict=True)
    ]
    db.session.execute(sa.insert(InvitationLetter), values)


def _count_due(written: WrittenLetters, targets: Iterable[Target]) -> None:
    """Note how many addresses each invitation was written to, so that a lost letter is missed."""
    new = {
        (one.invitation.id, one.recipient.address) for one in targets if one.handover_id is None
    } - written.asked
    alike: dict[int, list[int]] = defaultdict(list)
    for invitation_id, number in Counter(invitation_id for invitation_id, _address in new).items():
        alike[number].append(invitation_id)
    for number, ids in alike.items():
        for start in range(0, len(ids), AT_ONCE):
            db.session.execute(
                sa.update(Invitation)
                .where(Invitation.id.in_(sorted(ids)[start : start + AT_ONCE]))
                .values(letters_due=Invitation.letters_due + number)
            )


def _blocks(
    kind: LetterKind, meeting: Meeting, targets: list[Target], books: list[LinkBook]
) -> list[Any]:
    if kind not in WITH_BLOCKS:
        return [()] * len(targets)
    asked = [
        Asked(
            invitation_id=target.invitation.id,
            organization_id=target.invitation.organization_id,
            contact_id=target.recipient.contact_id,
            language=target.recipient.language,
            book=book,
        )
        for target, book in zip(targets, books, strict=True)
    ]
    return list(blocks_for(meeting, asked))
