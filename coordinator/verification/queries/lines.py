"""The rows of both lists: who was asked in a round, and how old each record is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.outbox.models import LetterState, OutboxLetter, shown_reason
from coordinator.paging import Paged
from coordinator.registry.listing import choose, conditions
from coordinator.registry.listing.filters import Filters
from coordinator.registry.models import Contact, District, Organization
from coordinator.registry.queries import active_contact
from coordinator.verification.models import (
    AnsweredVia,
    AnswerState,
    Round,
    Verification,
    VerificationLetter,
)
from coordinator.verification.queries.freshness import is_silent, silences

PAGE = 50


@dataclass(slots=True)
class Post:
    """What became of the last letter; `reason` is why it failed, as the server said it."""

    state: LetterState
    to: str
    sent_at: datetime | None
    reason: str


@dataclass(slots=True)
class Line:
    """One organisation of a list."""

    id: int
    public_id: str
    name: str
    district: str | None
    checked_on: date | None
    own_phone: str
    asked: str | None = None
    """The address of the question's page, where there was one."""
    state: AnswerState | None = None
    answered_at: datetime | None = None
    answered_by: str = ""
    via: AnsweredVia | None = None
    round: str = ""
    silent_rounds: int = 0
    contact: str = ""
    contact_phone: str = ""
    post: Post | None = None

    @property
    def phone(self) -> str:
        return self.contact_phone or self.own_phone


@dataclass(frozen=True, kw_only=True)
class Page(Paged):
    """One page of a list."""

    items: list[Line] = field(default_factory=list)
    size: int = PAGE


_COLUMNS = (
    Organization.id,
    Organization.public_id,
    Organization.name,
    District.name,
    Organization.verified_at,
    Organization.phone,
)


def of_round(round_: Round, states: Sequence[AnswerState], page: int = 1) -> Page:
    """Return a page of those whom a round asks, of some states, in Turkish order."""
    asked = (
        sa.select(
            *_COLUMNS,
            Verification.public_id,
            Verification.state,
            Verification.answered_at,
            Verification.answered_by,
            Verification.answered_via,
            sa.literal(round_.name),
        )
        .join(Verification, Verification.organization_id == Organization.id)
        .outerjoin(District, District.id == Organization.district_id)
        .where(
            Verification.round_id == round_.id,
            Verification.state.in_(states),
            Organization.merged_into_id.is_(None),
        )
    )
    found = _paged(asked, page)
    _add_letters(found.items, Verification.round_id == round_.id)
    return found


def by_age(filters: Filters, condition: str, page: int = 1) -> Page:
    """Return a page of active organisations: "eski", "hic" or "sessiz", or all."""
    asked = sa.select(*_COLUMNS).outerjoin(District, District.id == Organization.district_id)
    ids = choose(filters).with_only_columns(Organization.id).order_by(None)
    asked = asked.where(Organization.id.in_(ids), *_CONDITIONS.get(condition, _nothing)())
    found = _paged(asked, page)
    _add_letters(found.items)
    _add_answers(found.items)
    _add_silences(found.items)
    return found


def _nothing() -> tuple[()]:
    return ()


_CONDITIONS: dict[str, Any] = {
    "eski": lambda: [conditions.needs_check()],
    "hic": lambda: [Organization.verified_at.is_(None)],
    "sessiz": lambda: [is_silent()],
}


def _paged(asked: sa.Select[*tuple[Any, ...]], page: int) -> Page:
    total = db.session.scalar(sa.select(sa.func.count()).select_from(asked.subquery())) or 0
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    rows = db.session.execute(
        asked.order_by(Organization.sort_key, Organization.id).limit(PAGE).offset((page - 1) * PAGE)
    )
    items = [Line(*row) for row in rows]
    add_calls(items)
    return Page(page=page, total=total, items=items)


def add_calls(items: Sequence[Any]) -> None:
    """Write down whom to call: the first contact who has a phone, else the first."""
    by_id = {item.id: item for item in items}
    rows = db.session.execute(
        sa.select(Contact.organization_id, Contact.full_name, Contact.phone)
        .where(Contact.organization_id.in_(list(by_id)), active_contact())
        .order_by(
            (Contact.phone == "").asc(), Contact.is_primary.desc(), Contact.sort_key, Contact.id
        )
    )
    for number, name, phone in rows:
        item = by_id[number]
        if not item.contact:
            item.contact, item.contact_phone = name, phone


def lines_of(chosen: sa.Select[Organization]) -> list[Line]:
    """Return organisations with whom to call there."""
    asked = chosen.outerjoin(District, District.id == Organization.district_id)
    lines = [Line(*row) for row in db.session.execute(asked.with_only_columns(*_COLUMNS))]
    add_calls(lines)
    return lines


def _add_letters(items: Sequence[Line], *conditions_: sa.ColumnElement[bool]) -> None:
    by_id = {item.id: item for item in items}
    rows = db.session.execute(
        sa.select(
            Verification.organization_id,
            OutboxLetter.state,
            OutboxLetter.to_address,
            OutboxLetter.sent_at,
            OutboxLetter.reason,
        )
        .join(VerificationLetter, VerificationLetter.verification_id == Verification.id)
        .join(OutboxLetter, OutboxLetter.id == VerificationLetter.letter_id)
        .where(Verification.organization_id.in_(list(by_id)), *conditions_)
        .order_by(VerificationLetter.id)
    )
    for number, state, to, sent_at, reason in rows:
        by_id[number].post = Post(state, to, sent_at, shown_reason(reason))


def _add_answers(items: Sequence[Line]) -> None:
    by_id = {item.id: item for item in items}
    rows = db.session.execute(
        sa.select(
            Verification.organization_id,
            Verification.public_id,
            Verification.state,
            Verification.answered_at,
            Verification.answered_by,
            Verification.answered_via,
        )
        .where(Verification.organization_id.in_(list(by_id)), Verification.answered_at.is_not(None))
        .order_by(Verification.answered_at, Verification.id)
    )
    for number, page, state, moment, name, via in rows:
        item = by_id[number]
        item.asked, item.state, item.answered_at = page, state, moment
        item.answered_by, item.via = name, via


def _add_silences(items: Sequence[Line]) -> None:
    by_id = {item.id: item for item in items}
    times = silences()
    rows = db.session.execute(sa.select(times).where(times.c.organization_id.in_(list(by_id))))
    for number, rounds in rows:
        by_id[number].silent_rounds = rounds
