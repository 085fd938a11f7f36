"""What the pages of administration show, by who looks."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import defer

from coordinator import clock, turkish
from coordinator.access import Role
from coordinator.accounts import queries as accounts
from coordinator.accounts.models import User
from coordinator.audit import queries as audit
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.outbox import queries as outbox
from coordinator.outbox.models import HeldAddress, LetterState, OutboxLetter
from coordinator.outbox.truth import still_true
from coordinator.registry.models import Organization, Representation

ACCOUNT_LETTERS = "account_"
LIKELY = 5
LATELY = timedelta(days=7)


def is_set_up() -> bool:
    """Has this copy an institution or somebody who administers it?

    Once it has, that is remembered: no request asks again.
    """
    if not current_app.extensions.get("paydas_set_up"):
        known = institution.current() is not None or accounts.any_administrator()
        current_app.extensions["paydas_set_up"] = known
    return bool(current_app.extensions["paydas_set_up"])


def letters(viewer: User, *, state: LetterState | None, search: str) -> sa.Select[OutboxLetter]:
    """Select letters, the newest first; those about accounts are for administrators."""
    query = _open_to(viewer, outbox.letters(state)).options(
        defer(OutboxLetter.text), defer(OutboxLetter.html), defer(OutboxLetter.calendar)
    )
    if search:
        found = (
            column.icontains(search, autoescape=True)
            for column in (OutboxLetter.to_address, OutboxLetter.to_name, OutboxLetter.subject)
        )
        query = query.where(sa.or_(*found))
    return query  # type: ignore[no-any-return]


def letter_counts(viewer: User) -> dict[LetterState, int]:
    """Return how many of the letters somebody may read are in each state, every state named."""
    query = sa.select(OutboxLetter.state, sa.func.count()).group_by(OutboxLetter.state)
    found = {row[0]: row[1] for row in db.session.execute(_open_to(viewer, query))}
    return {state: found.get(state, 0) for state in LetterState}


def failed_lately() -> sa.ColumnElement[bool]:
    """The condition that a letter may be sent again with all the others that failed.

    Older ones may speak of what is over; links to sign in have ended.
    """
    return sa.and_(
        OutboxLetter.created_at > clock.now() - LATELY,
        still_true(),
        OutboxLetter.kind.not_like(f"{ACCOUNT_LETTERS}%"),
    )


def count_failed_lately() -> int:
    """Return how many letters would be sent again with all that failed."""
    query = sa.select(sa.func.count()).select_from(OutboxLetter)
    free = sa.and_(outbox.is_not_held(OutboxLetter.to_address), outbox.is_wanted())
    failed = OutboxLetter.state == LetterState.FAILED
    return db.session.scalar(query.where(failed, free, failed_lately())) or 0


def held_addresses(search: str) -> sa.Select[HeldAddress]:
    """Select the addresses on hold, the newest first."""
    query = outbox.all_held()
    return query.where(HeldAddress.address.icontains(search, autoescape=True)) if search else query


def letters_of(viewer: User, held: Iterable[HeldAddress]) -> dict[int, OutboxLetter]:
    """Return the letters that came back and that somebody may read, by id."""
    ids = [one.letter_id for one in held if one.letter_id is not None]
    query = _open_to(viewer, sa.select(OutboxLetter).where(OutboxLetter.id.in_(ids)))
    slim = query.options(
        defer(OutboxLetter.text), defer(OutboxLetter.html), defer(OutboxLetter.calendar)
    )
    return {one.id: one for one in db.session.scalars(slim)}


def lines(viewer: User, *, search: str, noun: str) -> sa.Select[AuditLine]:
    """Select audit lines, the newest first; those about accounts are for administrators."""
    hidden = () if viewer.role is Role.ADMIN else (User.__tablename__,)
    return audit.lines(search=search, noun=noun, without=hidden)


def representation(user: User, public_id: str) -> Representation | None:
    """Return what ties the account to the organisation of that page; None if nothing does."""
    return db.session.scalar(
        sa.select(Representation)
        .join(Representation.organization)
        .where(Representation.user_id == user.id, Organization.public_id == public_id)
    )


def likely_organizations(text: str) -> list[str]:
    """Return names that begin or go on like the text, for somebody who did not write it whole."""
    wanted = turkish.search_key(text)
    if not wanted:
        return []
    return list(
        db.session.scalars(
            sa.select(Organization.name)
            .where(Organization.search_key.contains(wanted, autoescape=True))
            .order_by(Organization.sort_key, Organization.id)
            .limit(LIKELY)
        )
    )


def _open_to(viewer: User, query: Any) -> Any:
    if viewer.role is Role.ADMIN:
        return query
    return query.where(OutboxLetter.kind.not_like(f"{ACCOUNT_LETTERS}%"))
