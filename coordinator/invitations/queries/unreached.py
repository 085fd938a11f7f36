"""Whom no letter of an invitation has reached: one definition for the list and for the desk."""

from collections.abc import Container

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.invitations.models import Delivery, Invitation, InvitationLetter
from coordinator.invitations.queries.lines import NEWS, Line
from coordinator.outbox.models import OPEN_STATES, LetterState, OutboxLetter
from coordinator.outbox.queries import is_not_held

ON_THEIR_WAY = (LetterState.SENT, *OPEN_STATES)
NOT_REACHED = frozenset(
    {
        Delivery.TO_CALL,
        Delivery.TO_BRING,
        Delivery.FAILED,
        Delivery.BOUNCED,
        Delivery.CANCELLED,
        Delivery.DEFERRED,
    }
)


def is_unreached(line: Line, cut_off: Container[int]) -> bool:
    """Was an organisation asked that has not answered, and that the invitation did not reach?"""
    if not line.is_silent:
        return False
    return line.delivery in NOT_REACHED or (
        line.id in cut_off and Delivery.BROUGHT not in line.post.states
    )


def cut_off(meeting_id: int) -> frozenset[int]:
    """Return the invitations of which every letter on its way goes to an address on hold.

    An address that two organisations share is put on hold when the letter to one comes back.
    """
    asked = (
        sa.select(InvitationLetter.invitation_id)
        .join(InvitationLetter.invitation)
        .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
        .where(
            Invitation.meeting_id == meeting_id,
            InvitationLetter.kind.in_(NEWS),
            OutboxLetter.state.in_(ON_THEIR_WAY),
        )
        .group_by(InvitationLetter.invitation_id)
        .having(sa.func.max(sa.case((is_not_held(OutboxLetter.to_address), 1), else_=0)) == 0)
    )
    return frozenset(db.session.scalars(asked))
