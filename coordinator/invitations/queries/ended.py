"""What became of a personal link that was ended: a newer one, or somebody who took over."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coordinator.extensions import db
from coordinator.invitations.models import InvitationLetter
from coordinator.links import PersonalLink
from coordinator.outbox.models import LetterState, OutboxLetter


def has_newer(link: PersonalLink) -> bool:
    """Does a later letter of the invitation bring an open link to the same address?"""
    ended, newer = aliased(OutboxLetter), aliased(InvitationLetter)
    asked = (
        sa.select(newer.id)
        .join(OutboxLetter, OutboxLetter.id == newer.letter_id)
        .join(PersonalLink, PersonalLink.id == newer.link_id)
        .join(InvitationLetter, InvitationLetter.invitation_id == newer.invitation_id)
        .join(ended, ended.id == InvitationLetter.letter_id)
        .where(
            InvitationLetter.link_id == link.id,
            newer.id > InvitationLetter.id,
            ended.to_address == OutboxLetter.to_address,
            OutboxLetter.state != LetterState.CANCELLED,
            PersonalLink.revoked_at.is_(None),
        )
    )
    return bool(db.session.scalar(sa.select(asked.exists())))


def handed_on(link: PersonalLink) -> list[str]:
    """Return the addresses to which the link's holder handed the invitation over."""
    given = aliased(InvitationLetter)
    asked = (
        sa.select(OutboxLetter.to_address)
        .join(InvitationLetter, InvitationLetter.letter_id == OutboxLetter.id)
        .join(given, given.id == InvitationLetter.handed_by_id)
        .where(given.link_id == link.id, OutboxLetter.state != LetterState.CANCELLED)
        .order_by(InvitationLetter.id)
    )
    return list(dict.fromkeys(db.session.scalars(asked)))
