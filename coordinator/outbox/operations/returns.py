"""What other mail servers say of a letter after ours took it: it came back, or it waits there."""

import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.outbox.models import DeliveryAttempt, LetterState, OutboxLetter
from coordinator.outbox.operations.holds import hold


def bounced(letter: OutboxLetter, *, reason: str, holds: bool = True) -> bool:
    """Write down that a letter came back for good, and put its address on hold.

    Without `holds` the address is not to blame: its server was away, or would not have the letter.
    Returns False, and changes nothing, if that is known already.
    """
    reason = reason[:500]
    came_back = db.session.execute(
        sa.update(OutboxLetter)
        .where(OutboxLetter.id == letter.id, OutboxLetter.state != LetterState.BOUNCED)
        .values(
            state=LetterState.BOUNCED,
            bounced_at=clock.now(),
            next_try_at=None,
            retry_until=None,
            reason=reason,
        )
    )
    if came_back.rowcount != 1:  # type: ignore[attr-defined]
        return False
    _note(letter, LetterState.BOUNCED, reason)
    if holds:
        hold(letter.to_address, reason=reason, letter=letter)
    return True


def delayed(letter: OutboxLetter, *, reason: str) -> None:
    """Write down that a server on the way keeps a letter and goes on trying; it stays sent."""
    letter.delayed_at = clock.now()
    _note(letter, letter.state, reason[:500])


def _note(letter: OutboxLetter, outcome: LetterState, reason: str) -> None:
    db.session.add(DeliveryAttempt(letter_id=letter.id, outcome=outcome, reason=reason))
    db.session.flush()
