"""What one organisation was asked and answered."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from coordinator.extensions import db
from coordinator.links import PersonalLink
from coordinator.outbox.models import OutboxLetter
from coordinator.registry.models import Contact, Organization
from coordinator.registry.queries import Recipient
from coordinator.verification.models import (
    GONE,
    SILENT,
    AnswerState,
    Verification,
    VerificationLetter,
)
from coordinator.verification.queries.rounds import can_be_answered

_WHOLE = (
    joinedload(Verification.round),
    selectinload(Verification.changes),
    joinedload(Verification.organization).options(
        joinedload(Organization.district),
        selectinload(Organization.work_areas),
        selectinload(Organization.target_groups),
        selectinload(Organization.contacts),
    ),
)


@dataclass(frozen=True)
class Opened:
    """What a personal link opens: the question, and the recipient whose link it is."""

    verification: Verification
    link: PersonalLink
    recipient: Recipient
    still_theirs: bool
    """Is the address that the link went to still one at which they are reached?"""
    letters: tuple[int, ...]
    """The question's letters that went to this address, by the ids of their rows there."""


def by_link(link: PersonalLink) -> Opened | None:
    """Return what the link opens."""
    row = db.session.execute(
        sa.select(VerificationLetter.verification_id, OutboxLetter, Contact)
        .join(OutboxLetter, OutboxLetter.id == VerificationLetter.letter_id)
        .outerjoin(Contact, Contact.id == VerificationLetter.contact_id)
        .where(VerificationLetter.link_id == link.id)
    ).first()
    if row is None:
        return None
    number, letter, contact = row
    found = db.session.scalars(
        sa.select(Verification).where(Verification.id == number).options(*_WHOLE)
    ).one()
    to = Recipient(
        letter.to_name, letter.to_address, letter.language, contact.id if contact else None
    )
    theirs = _still_theirs(found.organization, contact, to.address)
    return Opened(found, link, to, theirs, _letters_to(number, to.address))


def _letters_to(number: int, address: str) -> tuple[int, ...]:
    return tuple(
        db.session.scalars(
            sa.select(VerificationLetter.id)
            .join(OutboxLetter, OutboxLetter.id == VerificationLetter.letter_id)
            .where(VerificationLetter.verification_id == number, OutboxLetter.to_address == address)
            .order_by(VerificationLetter.id.desc())
        )
    )


def _still_theirs(organization: Organization, contact: Contact | None, address: str) -> bool:
    if contact is None:
        return organization.email == address
    theirs = contact.organization_id == organization.id and contact.is_active
    return theirs and contact.email == address


def by_public_id(public_id: str) -> Verification | None:
    """Return a question with all that its pages show."""
    if not (public_id.isascii() and public_id.isalnum()):
        return None
    return db.session.scalar(
        sa.select(Verification).where(Verification.public_id == public_id).options(*_WHOLE)
    )


def current(organization_id: int) -> Verification | None:
    """Return where an organisation's answer belongs today.

    That is the open round, if it is asked in one; else what it proposed unasked and waits.
    """
    unasked = sa.and_(Verification.round_id.is_(None), Verification.state == AnswerState.PROPOSED)
    return db.session.scalar(
        sa.select(Verification)
        .outerjoin(Verification.round)
        .where(
            Verification.organization_id == organization_id,
            sa.or_(unasked, can_be_answered()),
        )
        .order_by(Verification.round_id.is_(None), Verification.id.desc())
        .limit(1)
        .options(*_WHOLE)
    )


def last_answer(organization_id: int) -> Verification | None:
    """Return what an organisation said last, with what became of it."""
    return db.session.scalar(
        sa.select(Verification)
        .where(
            Verification.organization_id == organization_id, Verification.answered_at.is_not(None)
        )
        .order_by(Verification.answered_at.desc(), Verification.id.desc())
        .limit(1)
        .options(joinedload(Verification.round), selectinload(Verification.changes))
    )


def latest(organization_id: int) -> Verification | None:
    """Return the last question that an organisation was asked, or answered unasked."""
    return db.session.scalar(
        sa.select(Verification)
        .where(Verification.organization_id == organization_id)
        .order_by(Verification.id.desc())
        .limit(1)
        .options(joinedload(Verification.round), selectinload(Verification.changes))
    )


def asked_now(organization_ids: Collection[int]) -> list[Verification]:
    """Return the questions of open rounds that nobody has answered for these organisations."""
    return list(
        db.session.scalars(
            sa.select(Verification)
            .join(Verification.round)
            .join(Verification.organization)
            .where(
                Verification.organization_id.in_(organization_ids),
                Verification.state.in_(SILENT),
                Organization.status.not_in(GONE),
                can_be_answered(),
            )
            .options(joinedload(Verification.round), joinedload(Verification.organization))
            .order_by(Organization.sort_key, Verification.id)
        )
    )


def waiting(organization_id: int | None = None) -> list[Verification]:
    """Return the corrections that wait for the branch, the longest waiting first."""
    asked = (
        sa.select(Verification)
        .join(Verification.organization)
        .where(Verification.state == AnswerState.PROPOSED, Organization.status.not_in(GONE))
        .options(
            joinedload(Verification.organization).joinedload(Organization.district),
            joinedload(Verification.round),
            selectinload(Verification.changes),
        )
        .order_by(Verification.answered_at, Verification.id)
    )
    if organization_id is not None:
        asked = asked.where(Verification.organization_id == organization_id)
    return list(db.session.scalars(asked))
