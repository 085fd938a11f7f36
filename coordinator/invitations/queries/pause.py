"""The pause between two letters: whoever had one of ours within a day gets no reminder."""

from datetime import timedelta

import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.invitations.models import LetterKind
from coordinator.outbox.models import LetterState, OutboxLetter

PAUSE = timedelta(hours=24)
"""How long after a letter nobody gets a reminder."""
NEVER_GONE = (LetterState.CANCELLED, LetterState.FAILED)
COUNTED = [one.value for one in LetterKind if one is not LetterKind.RECEIPT]
"""Letters after which a reminder waits; a receipt follows what somebody did themselves."""


def written_lately() -> set[str]:
    """Return the addresses that one of our letters went to, or waits for, within the pause."""
    ours = sa.or_(OutboxLetter.is_round, OutboxLetter.kind.in_(COUNTED))
    asked = (
        sa.select(OutboxLetter.to_address)
        .distinct()
        .where(
            OutboxLetter.created_at > clock.now() - PAUSE,
            OutboxLetter.state.not_in(NEVER_GONE),
            ours,
        )
    )
    return set(db.session.scalars(asked))
