"""Which letters of the yearly question need no answer any more."""

import sqlalchemy as sa

from coordinator import clock
from coordinator.outbox.models import OutboxLetter
from coordinator.verification.models import SILENT, Round, Verification, VerificationLetter


def outdated() -> sa.ColumnElement[bool]:
    """The condition that a letter asks what is answered, or in a round that has ended."""
    return sa.exists().where(
        VerificationLetter.letter_id == OutboxLetter.id,
        Verification.id == VerificationLetter.verification_id,
        Round.id == Verification.round_id,
        sa.or_(
            Verification.state.not_in(SILENT),
            Round.closed_at.is_not(None),
            Round.answer_by < clock.today(),
        ),
    )
