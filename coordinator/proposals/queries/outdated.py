"""Which calls' letters ask for proposals that nobody can make any more."""

import sqlalchemy as sa

from coordinator import clock
from coordinator.outbox.models import OutboxLetter
from coordinator.proposals.models import Call, CallAccess


def outdated() -> sa.ColumnElement[bool]:
    """The condition that a letter carries a call that is over."""
    return sa.exists().where(
        CallAccess.letter_id == OutboxLetter.id,
        Call.id == CallAccess.call_id,
        Call.closes_on < clock.today(),
    )
