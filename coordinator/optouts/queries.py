"""Who wants no round letters."""

from collections.abc import Collection

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.outbox.addresses import UNSUBSCRIBE, opened
from coordinator.outbox.models import OptOut, OutboxLetter
from coordinator.outbox.queries import by_public_id

AT_ONCE = 5000


def letter_by_code(code: str) -> OutboxLetter | None:
    """Return the letter whose link to leave this is; None for anything else."""
    public_id = opened(UNSUBSCRIBE, code)
    return by_public_id(public_id) if public_id is not None else None


def of_address(address: str) -> OptOut | None:
    """Return what the owner of the address said, be it taken back or not."""
    return db.session.scalar(sa.select(OptOut).where(OptOut.address == address.lower()))


def standing(addresses: Collection[str]) -> dict[str, OptOut]:
    """Return those of the addresses that want no round letters now."""
    wanted = sorted({one.lower() for one in addresses if one})
    found: dict[str, OptOut] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = OptOut.address.in_(wanted[start : start + AT_ONCE])
        rows = db.session.scalars(sa.select(OptOut).where(some, OptOut.ended_at.is_(None)))
        found |= {one.address: one for one in rows}
    return found
