"""Leave the round letters, and come back to them."""

from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.extensions import db
from coordinator.optouts import queries
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import OPEN_STATES, OptOut, OutboxLetter

Way = Literal["one-click", "page", "staff"]


def leave(*, address: str, via: Way, actor: Actor) -> bool:
    """Write no more round letters to the address; False if that was so already.

    Round letters that wait for their turn are called back; one in a worker's hand has this one
    try. Those that did not arrive stay as they are, and do not go again while this stands.
    """
    if not _set(address.lower(), via):
        return False
    outbox.cancel(_open(address))
    audit.record("opt_out.begun", queries.of_address(address), actor, via=via)
    return True


def come_back(*, address: str, actor: Actor) -> bool:
    """Write round letters to the address again; False if nothing stood against it."""
    row = queries.of_address(address)
    if row is None or not row.stands:
        return False
    row.ended_at = clock.now()
    audit.record("opt_out.ended", row, actor)
    return True


def _set(address: str, via: Way) -> bool:
    """Let the address stand as one that left, however many say so at the same moment."""
    values: dict[str, Any] = {"since": clock.now(), "via": via, "ended_at": None}
    insert: Any = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    changed = db.session.scalar(
        insert(OptOut)
        .values(address=address, **values)
        .on_conflict_do_update(
            index_elements=["address"], set_=values, where=OptOut.ended_at.is_not(None)
        )
        .returning(OptOut.id)
    )
    known: OptOut | None = queries.of_address(address)
    if known is not None:
        db.session.refresh(known)
    return changed is not None


def _open(address: str) -> list[OutboxLetter]:
    return list(
        db.session.scalars(
            sa.select(OutboxLetter).where(
                OutboxLetter.is_round,
                sa.func.lower(OutboxLetter.to_address) == address.lower(),
                OutboxLetter.state.in_(OPEN_STATES),
            )
        )
    )
