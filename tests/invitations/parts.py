"""What the tests of invitations share: a list of organisations, people, letters and their links."""

import re
from datetime import timedelta

import sqlalchemy as sa

from coordinator import links
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.models import (
    Invitation,
    InvitationLetter,
    LetterKind,
)
from coordinator.links import PersonalLink
from coordinator.meetings import operations as meetings
from coordinator.meetings.models import Meeting
from coordinator.meetings.signals import meeting_changed
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.registry.models import Contact, Organization
from tests.factories import ContactFactory, MeetingFactory, OrganizationFactory


def organization(name: str = "Körfez Rüzgârı Kadın Derneği", **contact: object) -> Organization:
    """Return a new organisation with one contact who is reached by mail."""
    one = OrganizationFactory(name=name)
    ContactFactory(organization=one, **contact)
    return one


def invited(*organizations: Organization, **meeting: object) -> Meeting:
    """Return a new meeting to which these organisations are invited."""
    one = MeetingFactory(**meeting)
    operations.invite(meeting=one, organizations=organizations, actor=COMMAND)
    db.session.commit()
    return one


def letters(kind: LetterKind | None = None) -> list[OutboxLetter]:
    """Return the letters written so far, oldest first."""
    asked = sa.select(OutboxLetter).order_by(OutboxLetter.id)
    if kind is not None:
        asked = asked.where(OutboxLetter.kind == kind.value)
    return list(db.session.scalars(asked))


def letter_to(contact: Contact, kind: LetterKind = LetterKind.INVITATION) -> OutboxLetter:
    found = [one for one in letters(kind) if one.to_address == contact.email]
    assert len(found) == 1, f"{len(found)} letters of kind {kind} to {contact.email}"
    return found[0]


def path_of(letter: OutboxLetter) -> str:
    """Return where the letter's personal link leads, as the worker puts it in."""
    (link_id,) = set(letter.links.values())
    return f"/davet/{links.token_of(db.session.get_one(PersonalLink, link_id))}"


def invitation_of(meeting: Meeting, one: Organization) -> Invitation:
    return db.session.execute(
        sa.select(Invitation).filter_by(meeting_id=meeting.id, organization_id=one.id)
    ).scalar_one()


def deliver(*states: LetterState) -> None:
    """Pretend that the worker has sent every waiting letter."""
    db.session.execute(
        sa.update(OutboxLetter)
        .where(OutboxLetter.state == LetterState.QUEUED)
        .values(state=states[0] if states else LetterState.SENT, sent_at=sa.func.now())
    )
    db.session.commit()


def kinds_of(invitation: Invitation) -> list[LetterKind]:
    asked = sa.select(InvitationLetter.kind).where(InvitationLetter.invitation_id == invitation.id)
    return list(db.session.scalars(asked.order_by(InvitationLetter.id)))


def unfolded(calendar: str) -> str:
    """Return a calendar file with its folded lines joined."""
    return re.sub(r"\r\n[ \t]", "", calendar)


def place(meeting, part: str = "") -> str:
    return f"/toplantilar/{meeting.public_id}/davetliler{part}"


def move(meeting: Meeting) -> None:
    meeting.starts_at += timedelta(days=1)
    meeting.ends_at += timedelta(days=1)
    meeting.calendar_sequence += 1
    db.session.flush()
    meeting_changed.send(meeting, changed=frozenset({"starts_at"}), actor=COMMAND)
    db.session.commit()


def cancel(meeting: Meeting, reason: str = "Salon kapandı.") -> None:
    meetings.cancel_meeting(meeting, reason=reason, actor=COMMAND)
    db.session.commit()
