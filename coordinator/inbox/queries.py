"""Named reads of mail that arrived."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coordinator.extensions import db
from coordinator.inbox.models import ERASED, UNREACHABLE, InboxMessage, MessageKind
from coordinator.outbox.models import OutboxLetter

IS_MESSAGE = InboxMessage.outcome.not_in([ERASED, UNREACHABLE])


def messages(
    *, kinds: Collection[MessageKind] = (), seen: bool | None = None
) -> sa.Select[InboxMessage]:
    """Return messages with their letters, newest first: of some kinds, seen or not, or all."""
    asked = (
        sa.select(InboxMessage)
        .options(
            selectinload(InboxMessage.letter).load_only(
                OutboxLetter.public_id,
                OutboxLetter.kind,
                OutboxLetter.to_name,
                OutboxLetter.to_address,
                OutboxLetter.subject,
                OutboxLetter.state,
            )
        )
        .where(IS_MESSAGE)
        .order_by(InboxMessage.created_at.desc(), InboxMessage.id.desc())
    )
    if kinds:
        asked = asked.where(InboxMessage.kind.in_(kinds))
    if seen is not None:
        asked = asked.where(
            InboxMessage.seen_at.is_not(None) if seen else InboxMessage.seen_at.is_(None)
        )
    return asked


def unseen() -> sa.Select[InboxMessage]:
    """Return the messages that nobody has marked as seen, newest first."""
    return messages(seen=False)


def by_public_id(public_id: str) -> InboxMessage | None:
    asked = sa.select(InboxMessage).where(InboxMessage.public_id == public_id, IS_MESSAGE)
    return db.session.scalar(asked)


def by_public_ids(public_ids: Collection[str]) -> Sequence[InboxMessage]:
    """Return those of these messages that are there."""
    asked = sa.select(InboxMessage).where(InboxMessage.public_id.in_(public_ids), IS_MESSAGE)
    return db.session.scalars(asked).all()


def of_letters(letter_ids: Iterable[int] | sa.Select[Any]) -> sa.Select[InboxMessage]:
    """Return the messages that belong to these letters, newest first."""
    return messages().where(InboxMessage.letter_id.in_(letter_ids))


def count_unseen(kinds: Collection[MessageKind] = ()) -> int:
    """Return how many messages nobody has marked as seen, of some kinds or of all."""
    asked = sa.select(sa.func.count()).where(InboxMessage.seen_at.is_(None))
    if kinds:
        asked = asked.where(InboxMessage.kind.in_(kinds))
    return db.session.scalar(asked) or 0


def counts(*, seen: bool | None = None) -> dict[MessageKind, int]:
    """Return how many messages there are of each kind, every kind named."""
    asked = sa.select(InboxMessage.kind, sa.func.count()).where(IS_MESSAGE)
    asked = asked.group_by(InboxMessage.kind)
    if seen is not None:
        asked = asked.where(
            InboxMessage.seen_at.is_not(None) if seen else InboxMessage.seen_at.is_(None)
        )
    found = dict(db.session.execute(asked).all())
    return {kind: found.get(kind, 0) for kind in MessageKind}


def is_known(digest: str) -> bool:
    """Was this very message read before?"""
    asked = sa.select(InboxMessage.id).where(InboxMessage.digest == digest)
    return db.session.scalar(asked) is not None


def letter_coded(code: str) -> OutboxLetter | None:
    """Return the letter with that name."""
    return db.session.scalar(sa.select(OutboxLetter).where(OutboxLetter.public_id == code))


def letters_called(message_ids: Sequence[str]) -> list[OutboxLetter]:
    """Return the letters with these Message-IDs, in the order in which they are asked for."""
    asked = sa.select(OutboxLetter).where(OutboxLetter.message_id.in_(message_ids))
    found = {letter.message_id: letter for letter in db.session.scalars(asked)}
    return [found[one] for one in dict.fromkeys(message_ids) if one in found]


def seen_before(moment: datetime) -> sa.Select[int]:
    """Return the messages that were seen before that moment."""
    return sa.select(InboxMessage.id).where(InboxMessage.seen_at < moment, IS_MESSAGE)


def unreachable() -> InboxMessage | None:
    """Return the row that says since when the mailbox cannot be read; None while it can."""
    return db.session.scalar(sa.select(InboxMessage).where(InboxMessage.digest == UNREACHABLE))
