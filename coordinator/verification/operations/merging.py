"""When two records become one: the yearly question goes on once."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from coordinator.duplicates.journal import Journal
from coordinator.extensions import db
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.models import Organization
from coordinator.verification.models import (
    AnswerState,
    ChangeState,
    ProposedChange,
    Verification,
    VerificationLetter,
)
from coordinator.verification.queries import LOST

CHANGES: sa.Table = ProposedChange.__table__  # type: ignore[assignment]
ANSWERS: sa.Table = Verification.__table__  # type: ignore[assignment]
LETTERS: sa.Table = VerificationLetter.__table__  # type: ignore[assignment]


def lead_letters_on(*, kept: Organization, other: Organization, journal: Journal) -> None:
    """Let the links of the question that ends lead to the one that goes on in the same round.

    Its letters that have not gone yet are called back: the organisation is asked once.
    """
    for source, target in _pairs(kept, other):
        rows = db.session.scalars(
            sa.select(VerificationLetter)
            .where(VerificationLetter.verification_id == source)
            .options(joinedload(VerificationLetter.letter))
            .order_by(VerificationLetter.id)
        ).all()
        if _was_written(target):
            journal.called_back(outbox.cancel([one.letter for one in rows]))
        keys = [{"id": one.id} for one in rows]
        journal.move(LETTERS.c.verification_id, keys, source, target)


def _was_written(verification_id: int) -> bool:
    """Is there a letter of the question that has gone or will go?"""
    asked = sa.exists().where(
        VerificationLetter.verification_id == verification_id,
        OutboxLetter.id == VerificationLetter.letter_id,
        OutboxLetter.state.not_in((*LOST, LetterState.BOUNCED)),
    )
    return bool(db.session.scalar(sa.select(asked)))


def bring_corrections_along(*, kept: Organization, other: Organization, journal: Journal) -> None:
    """Let corrections that wait with the question that ends wait with the one that goes on."""
    for source, target in _pairs(kept, other):
        ended, goes_on = (db.session.get_one(Verification, one) for one in (source, target))
        if ended.state is not AnswerState.PROPOSED:
            continue
        found = db.session.scalars(
            sa.select(CHANGES.c.id)
            .where(CHANGES.c.verification_id == source, CHANGES.c.state == ChangeState.OPEN)
            .order_by(CHANGES.c.id)
        ).all()
        journal.move(CHANGES.c.verification_id, [{"id": one} for one in found], source, target)
        notes = "\n".join(filter(None, [goes_on.note, ended.note]))
        journal.change(ANSWERS, {"id": target}, {"note": notes})


def _pairs(kept: Organization, other: Organization) -> list[tuple[int, int]]:
    """Return the questions that both records were asked in one round: which ends, which goes on."""
    ended, goes_on = aliased(Verification), aliased(Verification)
    rows = db.session.execute(
        sa.select(ended.id, goes_on.id)
        .join(goes_on, goes_on.round_id == ended.round_id)
        .where(ended.organization_id == other.id, goes_on.organization_id == kept.id)
        .order_by(ended.id)
    )
    return [(source, target) for source, target in rows]
