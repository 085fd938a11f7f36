"""Two records of one organisation were both invited: one invitation goes on."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coordinator.duplicates.journal import Journal
from coordinator.extensions import db
from coordinator.invitations.models import (
    Addressee,
    GivenAnswer,
    Invitation,
    InvitationLetter,
    LetterKind,
)
from coordinator.invitations.queries.holders import ASKING
from coordinator.invitations.queries.written import is_first_hand
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import NOT_ARRIVED, OutboxLetter
from coordinator.registry.models import Organization

OWNERS = Invitation.metadata.tables["invitation"]
OWN = InvitationLetter.metadata.tables["invitation_letter"]
ANSWERS = GivenAnswer.metadata.tables["given_answer"]
ASKED = Addressee.metadata.tables["addressee"]
OF_THE_ONE_THAT_ENDS = (
    LetterKind.INVITATION,
    LetterKind.REMINDER,
    LetterKind.NAMES,
    LetterKind.RECEIPT,
    LetterKind.MOVED_UP,
)
"""Kinds that ask a second time, or tell an answer that no longer stands. The others stay true:
the meeting moved, is off or is tomorrow, or a colleague hands the invitation over."""


def lead_letters_on(*, kept: Organization, other: Organization, journal: Journal) -> None:
    """Let the links of the invitation that ends lead to the one that goes on.

    Its letters that have not gone yet are called back: the organisation is asked once.
    """
    ended, goes_on = aliased(Invitation), aliased(Invitation)
    pairs = db.session.execute(
        sa.select(ended.id, goes_on.id)
        .join(goes_on, goes_on.meeting_id == ended.meeting_id)
        .where(ended.organization_id == other.id, goes_on.organization_id == kept.id)
        .order_by(ended.id)
    ).all()
    for source, target in pairs:
        if _was_written(target):
            _call_back(source, journal)
        own = sa.select(InvitationLetter.id).where(InvitationLetter.invitation_id == source)
        keys = [{"id": number} for number in db.session.scalars(own.order_by(InvitationLetter.id))]
        before = _asked(target)
        journal.move(OWN.c.invitation_id, keys, source, target)
        _count_due(target, journal, before)
        _lead_answers_on(source, target, journal)
        _lead_addressees_on(source, target, journal)


def _was_written(invitation_id: int) -> bool:
    """Is there a letter that asks, and that has gone or will go?"""
    asked = sa.exists().where(
        InvitationLetter.invitation_id == invitation_id,
        InvitationLetter.kind.in_(ASKING),
        OutboxLetter.id == InvitationLetter.letter_id,
        OutboxLetter.state.not_in(NOT_ARRIVED),
    )
    return bool(db.session.scalar(sa.select(asked)))


def _call_back(invitation_id: int, journal: Journal) -> None:
    letters = db.session.scalars(
        sa.select(OutboxLetter)
        .join(InvitationLetter, InvitationLetter.letter_id == OutboxLetter.id)
        .where(
            InvitationLetter.invitation_id == invitation_id,
            InvitationLetter.kind.in_(OF_THE_ONE_THAT_ENDS),
        )
    ).all()
    journal.called_back(outbox.cancel(letters))


def _asked(invitation_id: int) -> set[str]:
    """Return the addresses that the invitation itself was written to."""
    return set(
        db.session.scalars(
            sa.select(OutboxLetter.to_address)
            .join(InvitationLetter, InvitationLetter.letter_id == OutboxLetter.id)
            .where(InvitationLetter.invitation_id == invitation_id, is_first_hand())
        )
    )


def _count_due(target: int, journal: Journal, before: set[str]) -> None:
    """Let a letter that is lost from now on be missed, whichever of the two it was written for."""
    more = len(_asked(target) - before)
    due = db.session.scalars(sa.select(OWNERS.c.letters_due).where(OWNERS.c.id == target)).one()
    journal.change(OWNERS, {"id": target}, {"letters_due": due + more})


def _lead_answers_on(source: int, target: int, journal: Journal) -> None:
    """Let the history of the one that goes on tell every answer that was given."""
    asked = sa.select(GivenAnswer.id).where(GivenAnswer.invitation_id == source)
    keys = [{"id": number} for number in db.session.scalars(asked.order_by(GivenAnswer.id))]
    journal.move(ANSWERS.c.invitation_id, keys, source, target)


def _lead_addressees_on(source: int, target: int, journal: Journal) -> None:
    """Let paper that is on its way lead to the one that goes on, which stays asked as it was.

    Somebody chosen for both keeps the row that is there; a mere choice for the one that ends
    does not narrow whom the other is written to.
    """
    known = set(
        db.session.scalars(sa.select(Addressee.contact_id).where(Addressee.invitation_id == target))
    )
    rows = db.session.execute(
        sa.select(Addressee.id, Addressee.contact_id, Addressee.link_id, Addressee.done_at)
        .where(Addressee.invitation_id == source)
        .order_by(Addressee.id)
    ).all()
    keys = [
        {"id": number}
        for number, contact_id, link_id, done_at in rows
        if contact_id not in known and (known or link_id is not None or done_at is not None)
    ]
    journal.move(ASKED.c.invitation_id, keys, source, target)
