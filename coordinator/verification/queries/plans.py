"""Whom a round would ask now. What is only counted is not loaded: a registry may be large."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.outbox.models import OutboxLetter
from coordinator.registry.listing import choose
from coordinator.registry.listing.filters import Filters
from coordinator.registry.models import Organization, OrgStatus
from coordinator.registry.queries import Recipient, is_reached, recipients
from coordinator.verification.models import (
    SILENT,
    AnswerState,
    Round,
    Verification,
    VerificationLetter,
)
from coordinator.verification.queries.lines import Line, lines_of
from coordinator.verification.queries.rounds import LOST


@dataclass(frozen=True)
class Reached:
    """An organisation that would be written to, and with whom it is reached."""

    id: int
    name: str
    recipient: Recipient


@dataclass(frozen=True)
class Plan:
    """Who of a round's scope is not written to yet, in Turkish order."""

    scope: sa.Select[Organization]
    """Those who are not asked yet."""
    again: Sequence[Reached]
    """Those whom no letter reached and who have another address now."""
    letters: int
    calls: int

    @property
    def organizations(self) -> int:
        return self.letters + self.calls

    def reached(self, start: int = 0, most: int | None = None) -> list[Reached]:
        """Return some of those who get a letter, or all."""
        end = None if most is None else start + most
        fresh = self.letters - len(self.again)
        named = self.scope.where(is_reached(rounds=True)).with_only_columns(
            Organization.id, Organization.name
        )
        rows = db.session.execute(named.offset(start).limit(most)).all() if start < fresh else ()
        rest = slice(max(start - fresh, 0), None if end is None else max(end - fresh, 0))
        return [*_with_people(dict(rows)), *self.again[rest]]

    def to_call(self, most: int) -> list[Line]:
        """Return the first few who have to be phoned."""
        return lines_of(self.scope.where(~is_reached(rounds=True)).limit(most))

    def call_ids(self) -> Sequence[int]:
        """Return all who have to be phoned."""
        unreached = self.scope.where(~is_reached(rounds=True)).with_only_columns(Organization.id)
        return db.session.scalars(unreached).all()


def plan_of(round_: Round) -> Plan:
    """Return who of the round's scope is not written to yet, and not being asked by another.

    Whom no letter reached (without an address, or with one that failed) is asked anew once there
    is another address.
    """
    asked = (
        sa.select(Verification.organization_id)
        .join(Round, Round.id == Verification.round_id)
        .where(sa.or_(Verification.round_id == round_.id, _still_asked()))
    )
    scope = choose(Filters.read(round_.scope)).where(Organization.id.not_in(asked))
    counted = scope.with_only_columns(
        sa.func.count(),
        sa.func.coalesce(sa.func.sum(sa.case((is_reached(rounds=True), 1), else_=0)), 0),
    )
    fresh, letters = db.session.execute(counted.order_by(None)).one()
    again = _again(round_)
    return Plan(scope, again, letters + len(again), fresh - letters)


def _still_asked() -> sa.ColumnElement[bool]:
    """The condition that a round which still takes answers waits for this one."""
    return sa.and_(
        Verification.state == AnswerState.ASKED,
        Round.closed_at.is_(None),
        Round.answer_by >= clock.today(),
    )


def _again(round_: Round) -> list[Reached]:
    arrived = (
        sa.exists()
        .where(
            VerificationLetter.verification_id == Verification.id,
            VerificationLetter.letter_id == OutboxLetter.id,
            OutboxLetter.state.not_in(LOST),
        )
        .correlate(Verification)
    )
    rows = db.session.execute(
        sa.select(Organization.id, Organization.name, OutboxLetter.to_address)
        .join(Verification, Verification.organization_id == Organization.id)
        .outerjoin(VerificationLetter, VerificationLetter.verification_id == Verification.id)
        .outerjoin(OutboxLetter, OutboxLetter.id == VerificationLetter.letter_id)
        .where(
            Verification.round_id == round_.id,
            Verification.state.in_(SILENT),
            Organization.status == OrgStatus.ACTIVE,
            is_reached(rounds=True),
            ~arrived,
        )
        .order_by(Organization.sort_key, Organization.id)
    ).all()
    tried = {(number, address) for number, _name, address in rows}
    names = {number: name for number, name, _address in rows}
    return [one for one in _with_people(names) if (one.id, one.recipient.address) not in tried]


def _with_people(names: Mapping[int, str]) -> list[Reached]:
    people = recipients(names, rounds=True)
    return [Reached(number, names[number], to[0]) for number, to in people.items() if to]
