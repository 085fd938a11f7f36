"""Invitations that were never written to an address, as it was on hold when they went out."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator import clock
from coordinator.extensions import db
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind, RsvpAnswer
from coordinator.invitations.queries.addressees import reached
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.outbox.models import OutboxLetter
from coordinator.registry.models import Contact, Organization
from coordinator.registry.queries import active_contact, stands


def never_written(address: str) -> list[Invitation]:
    """Return what would be written there now, still can be answered, and was not written yet."""
    address = address.lower()
    theirs = sa.union(
        sa.select(Organization.id).where(sa.func.lower(Organization.email) == address),
        sa.select(Contact.organization_id).where(
            sa.func.lower(Contact.email) == address, active_contact()
        ),
    )
    written = sa.exists().where(
        InvitationLetter.invitation_id == Invitation.id,
        InvitationLetter.kind == LetterKind.INVITATION,
        OutboxLetter.id == InvitationLetter.letter_id,
        sa.func.lower(OutboxLetter.to_address) == address,
    )
    found = db.session.scalars(
        sa.select(Invitation)
        .join(Invitation.meeting)
        .where(
            Invitation.organization_id.in_(theirs),
            stands(Invitation.organization_id),
            Invitation.invited_at.is_not(None),
            Invitation.answer == RsvpAnswer.NONE,
            Meeting.status.in_([MeetingStatus.PLANNED, MeetingStatus.INVITED]),
            Meeting.ends_at > clock.now(),
            Meeting.rsvp_deadline >= clock.today(),
            ~written,
        )
        .options(joinedload(Invitation.organization), joinedload(Invitation.meeting))
        .order_by(Meeting.starts_at, Invitation.id)
    ).all()
    people = reached(found)
    return [
        one for one in found if any(p.address.lower() == address for p in people[one.id].letters)
    ]
