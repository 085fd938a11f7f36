"""Two records of one organisation were both invited: one invitation goes on."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coordinator.duplicates.journal import Journal
from coordinator.extensions import db
from coordinator.invitations.models import Invitation, InvitationLetter
from coordinator.outbox.models import WAITING_STATES, LetterState, OutboxLetter
from coordinator.registry.models import Organization

OWN = InvitationLetter.metadata.tables["invitation_letter"]
OUTBOX = OutboxLetter.metadata.tables["letter"]


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
        rows = db.session.execute(
            sa.select(InvitationLetter.id, OutboxLetter.id, OutboxLetter.state)
            .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
            .where(InvitationLetter.invitation_id == source)
            .order_by(InvitationLetter.id)
            .with_for_update(of=OutboxLetter)
        ).all()
        keys = [{"id": number} for number, _letter, _state in rows]
        journal.move(OWN.c.invitation_id, keys, source, target)
        for _number, letter, state in rows:
            if state in WAITING_STATES:
                called_back = {"state": LetterState.CANCELLED, "next_try_at": None}
                journal.change(OUTBOX, {"id": letter}, called_back)
