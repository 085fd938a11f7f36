"""Addresses from which a letter came back: put on hold, and cleared again."""

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.dialects import postgresql, sqlite

from coordinator import clock
from coordinator.actors import WORKER, Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.outbox.models import (
    WAITING_STATES,
    DeliveryAttempt,
    HeldAddress,
    LetterState,
    OutboxLetter,
    Trouble,
)
from coordinator.outbox.queries import MAY_BE_SPARED, as_held


class NotOnHold(RuleBroken):
    """Only an address that is on hold can be cleared."""

    message = _l("This address is not on hold.")


def hold(
    address: str, *, reason: str, letter: OutboxLetter | None = None, actor: Actor = WORKER
) -> HeldAddress:
    """Put an address on hold, and end the letters that wait to go there.

    Letters about accounts still go: whoever asks for a sign-in link may have mended the address.
    An address that is on hold already stays as it is.
    """
    address = as_held(address)
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    values = {
        "held_at": clock.now(),
        "reason": reason[:500],
        "letter_id": letter.id if letter is not None else None,
        "released_at": None,
        "released_by": "",
    }
    fresh = db.session.scalar(
        insert(HeldAddress)
        .values(address=address, **values)
        .on_conflict_do_update(
            index_elements=["address"], set_=values, where=HeldAddress.released_at.is_not(None)
        )
        .returning(HeldAddress),
        execution_options={"populate_existing": True},
    )
    end_waiting(sa.and_(MAY_BE_SPARED, sa.func.lower(OutboxLetter.to_address) == address))
    if fresh is None:
        return db.session.scalars(
            sa.select(HeldAddress).where(HeldAddress.address == address)
        ).one()
    named = {"letter": letter.public_id} if letter is not None else {}
    audit.record("address.held", fresh, actor, address=address, **named)
    return fresh


def release(address: str, *, actor: Actor) -> HeldAddress:
    """Let letters go to the address again. Raises NotOnHold."""
    found = db.session.scalar(
        sa.update(HeldAddress)
        .where(HeldAddress.address == as_held(address), HeldAddress.released_at.is_(None))
        .values(released_at=clock.now(), released_by=actor.name[:200])
        .returning(HeldAddress)
    )
    if found is None:
        raise NotOnHold
    audit.record("address.released", found, actor, address=found.address)
    return found


def end_waiting(which: sa.ColumnElement[bool]) -> int:
    """End letters that have not gone yet because their address is on hold; return how many."""
    reason = Trouble.HELD.because()
    ended = db.session.scalars(
        sa.update(OutboxLetter)
        .where(which, OutboxLetter.state.in_(WAITING_STATES))
        .values(state=LetterState.FAILED, next_try_at=None, reason=reason)
        .returning(OutboxLetter.id)
    ).all()
    db.session.add_all(
        DeliveryAttempt(letter_id=number, outcome=LetterState.FAILED, reason=reason)
        for number in ended
    )
    db.session.flush()
    return len(ended)
