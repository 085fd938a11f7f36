"""Named reads of the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.outbox.models import (
    OPEN_STATES,
    DeliveryAttempt,
    HeldAddress,
    LetterState,
    OptOut,
    OutboxLetter,
    Trouble,
    WorkerBeat,
    shown_reason,
)
from coordinator.outbox.truth import still_true

AT_ONCE = 5000
MAY_BE_SPARED = sa.or_(OutboxLetter.is_round, OutboxLetter.is_answered_by_mail)
"""The condition that a letter does not go to an address on hold; those about accounts do."""


def as_held(address: str) -> str:
    """Return an address as holds name it."""
    return address.strip().lower()


def held(addresses: Iterable[str]) -> dict[str, HeldAddress]:
    """Return the holds among these addresses, by the address as it was given."""
    asked = {address: as_held(address) for address in addresses}
    wanted = sorted(set(asked.values()))
    found: dict[str, HeldAddress] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = HeldAddress.address.in_(wanted[start : start + AT_ONCE])
        found |= {row.address: row for row in db.session.scalars(all_held().where(some))}
    return {given: found[address] for given, address in asked.items() if address in found}


def all_held() -> sa.Select[HeldAddress]:
    """Select the addresses on hold, the newest first."""
    query = sa.select(HeldAddress).where(HeldAddress.released_at.is_(None))
    return query.order_by(HeldAddress.held_at.desc(), HeldAddress.id.desc())


def count_held() -> int:
    """Return how many addresses are on hold."""
    query = sa.select(sa.func.count()).where(HeldAddress.released_at.is_(None))
    return db.session.scalar(query) or 0


def is_not_held(address: Any) -> sa.ColumnElement[bool]:
    """The condition that letters may go to the address in a column."""
    same = HeldAddress.address == sa.func.lower(address)
    holds = sa.exists().where(same, HeldAddress.released_at.is_(None))
    return ~holds.correlate_except(HeldAddress)


def kept_back() -> sa.ColumnElement[bool]:
    """The condition that only a hold kept a letter from going, which is true and wanted still."""
    return sa.and_(
        OutboxLetter.state == LetterState.FAILED,
        OutboxLetter.reason == Trouble.HELD.because(),
        still_true(),
        is_wanted(),
    )


def count_kept_back(holds: Iterable[HeldAddress]) -> dict[str, int]:
    """Return how many letters wait for each of these holds to be cleared, by its address."""
    address = sa.func.lower(OutboxLetter.to_address)
    wanted = sorted(one.address for one in holds)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = address.in_(wanted[start : start + AT_ONCE])
        asked = sa.select(address, sa.func.count()).where(some, kept_back()).group_by(address)
        found |= dict(db.session.execute(asked).all())
    return found


def takes_rounds(address: Any) -> sa.ColumnElement[bool]:
    """The condition that the owner of the address in a column has not opted out of rounds."""
    same = OptOut.address == sa.func.lower(address)
    refused = sa.exists().where(same, OptOut.ended_at.is_(None))
    return ~refused.correlate_except(OptOut)


def has_left(address: str) -> bool:
    """Has the owner of the address opted out of rounds?"""
    return not db.session.scalar(sa.select(takes_rounds(sa.literal(address))))


def is_wanted() -> sa.ColumnElement[bool]:
    """The condition that a letter is no round letter to somebody who wants none."""
    return sa.or_(~OutboxLetter.is_round, takes_rounds(OutboxLetter.to_address))


def counts() -> dict[LetterState, int]:
    """Return how many letters are in each state, every state named."""
    query = sa.select(OutboxLetter.state, sa.func.count()).group_by(OutboxLetter.state)
    found = dict(db.session.execute(query).all())
    return {state: found.get(state, 0) for state in LetterState}


def letters(state: LetterState | None = None) -> sa.Select[OutboxLetter]:
    """Return letters, newest first, of one state or of all."""
    query = sa.select(OutboxLetter).order_by(OutboxLetter.id.desc())
    return query if state is None else query.where(OutboxLetter.state == state)


def by_public_id(public_id: str) -> OutboxLetter | None:
    return db.session.scalar(sa.select(OutboxLetter).where(OutboxLetter.public_id == public_id))


@dataclass(frozen=True)
class PutOff:
    """What is said most often of the letters that wait for another try, and when that comes."""

    reason: str
    next_try_at: datetime

    @property
    def reason_words(self) -> str:
        return shown_reason(self.reason)


def put_off() -> PutOff | None:
    """Return why letters wait for another try; None if none does."""
    row = db.session.execute(
        sa.select(OutboxLetter.reason, sa.func.min(OutboxLetter.next_try_at))
        .where(OutboxLetter.state == LetterState.DEFERRED, OutboxLetter.next_try_at.is_not(None))
        .group_by(OutboxLetter.reason)
        .order_by(sa.func.count().desc(), OutboxLetter.reason)
        .limit(1)
    ).one_or_none()
    return PutOff(row[0] or "", row[1]) if row and row[1] else None


def perhaps_arrived(letter_ids: Iterable[int]) -> set[int]:
    """Return those of which a try broke off without the server's answer: it may have taken them."""
    wanted, found = sorted(letter_ids), set[int]()
    unknown = (Trouble.CUT, Trouble.SILENT, Trouble.UNKNOWN)
    for start in range(0, len(wanted), AT_ONCE):
        asked = sa.select(DeliveryAttempt.letter_id).where(
            DeliveryAttempt.letter_id.in_(wanted[start : start + AT_ONCE]),
            DeliveryAttempt.is_try,
            sa.or_(*(DeliveryAttempt.reason.startswith(one.value) for one in unknown)),
        )
        found |= set(db.session.scalars(asked))
    return found


def overdue_since() -> datetime | None:
    """Return since when it has been some letter's turn without anybody taking it."""
    query = sa.select(sa.func.min(OutboxLetter.next_try_at)).where(
        OutboxLetter.next_try_at <= clock.now(), OutboxLetter.state.in_(OPEN_STATES)
    )
    return db.session.scalar(query)


def oldest_open() -> datetime | None:
    """Return when the oldest letter was written that is not delivered yet."""
    query = sa.select(sa.func.min(OutboxLetter.created_at))
    return db.session.scalar(query.where(OutboxLetter.state.in_(OPEN_STATES)))


def last_attempt() -> datetime | None:
    """Return when a delivery was last tried."""
    return db.session.scalar(sa.select(sa.func.max(DeliveryAttempt.created_at)))


def last_beat() -> datetime | None:
    """Return when a worker last gave a sign of life."""
    return db.session.scalar(sa.select(sa.func.max(WorkerBeat.updated_at)))


def workers(within: timedelta) -> int:
    """Return how many workers gave a sign of life lately."""
    query = sa.select(sa.func.count()).where(WorkerBeat.updated_at > clock.now() - within)
    return db.session.scalar(query) or 0
