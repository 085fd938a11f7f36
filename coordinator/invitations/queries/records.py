"""Single invitations and the lists of them that are not the meeting's own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from coordinator import clock
from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.institution.models import Institution
from coordinator.invitations.models import (
    Addressee,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.queries.addressees import recipient_of
from coordinator.links import PersonalLink
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.outbox.models import NOT_ARRIVED, OutboxLetter
from coordinator.registry.models import Contact, Organization, OrgStatus
from coordinator.registry.queries import Recipient

GONE = (OrgStatus.CLOSED, OrgStatus.MERGED)


@dataclass(frozen=True)
class Opened:
    """What a personal link opens: the invitation, and the recipient whose link it is."""

    invitation: Invitation
    link: PersonalLink
    recipient: Recipient
    still_theirs: bool
    """Is the address that the link went to still the one at which they are reached?"""
    on_paper: bool = False
    """Does the link stand on paper or in a message, rather than in a letter of the outbox?"""


def by_link(token_link: PersonalLink) -> Opened | None:
    """Return what the link opens, in one question."""
    row = db.session.execute(_opened(), {"link_id": token_link.id}).first()
    if row is None:
        return _by_paper(token_link)
    invitation, branch, name, address, language, contact_id, own, until, handed = row
    institution.remember(branch)
    recipient = Recipient(name, address, language, contact_id)
    still_theirs = invitation.organization.status not in GONE and (
        handed or _is_own(invitation.organization, address)
        if contact_id is None
        else own == address and (until is None or until > clock.today())
    )
    return Opened(invitation, token_link, recipient, still_theirs)


def _by_paper(token_link: PersonalLink) -> Opened | None:
    """Return what a link opens that stands on paper or in a message, not in a letter of ours."""
    row = db.session.scalar(
        sa.select(Addressee)
        .where(Addressee.link_id == token_link.id)
        .options(
            joinedload(Addressee.contact),
            joinedload(Addressee.invitation).joinedload(Invitation.organization),
            joinedload(Addressee.invitation)
            .joinedload(Invitation.meeting)
            .joinedload(Meeting.window),
        )
    )
    if row is None:
        return None
    still_theirs = row.invitation.organization.status not in GONE and (
        row.contact is None or row.contact.is_active
    )
    return Opened(row.invitation, token_link, recipient_of(row), still_theirs, on_paper=True)


def _is_own(organization: Organization, address: str) -> bool:
    """Is it the organisation's own address, or that of a record merged into it?"""
    if organization.email == address:
        return True
    merged = sa.exists().where(
        Organization.merged_into_id == organization.id, Organization.email == address
    )
    return bool(db.session.scalar(sa.select(merged)))


@cache
def _opened() -> sa.Select[*tuple[Any, ...]]:
    """The question of every page behind a link, built once; with what its page shows anyway."""
    return (
        sa.select(
            Invitation,
            Institution,
            OutboxLetter.to_name,
            OutboxLetter.to_address,
            OutboxLetter.language,
            Contact.id,
            Contact.email,
            Contact.active_until,
            sa.or_(
                InvitationLetter.kind == LetterKind.HANDOVER,
                InvitationLetter.handed_by_id.is_not(None),
            ),
        )
        .join(InvitationLetter, InvitationLetter.invitation_id == Invitation.id)
        .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
        .join(Invitation.meeting)
        .join(Invitation.organization)
        .outerjoin(Contact, Contact.id == InvitationLetter.contact_id)
        .outerjoin(Institution, Institution.id == 1)
        .where(InvitationLetter.link_id == sa.bindparam("link_id"))
        .order_by(InvitationLetter.id)
        .limit(1)
        .options(
            contains_eager(Invitation.meeting).joinedload(Meeting.window),
            contains_eager(Invitation.organization),
        )
    )


def was_written(once: str) -> bool:
    """Is there a letter with that key that is on its way or has gone?"""
    asked = sa.select(OutboxLetter.id).where(
        OutboxLetter.once == once, OutboxLetter.state.not_in(NOT_ARRIVED)
    )
    return db.session.scalar(asked) is not None


def by_public_id(public_id: str, meeting_id: int | None = None) -> Invitation | None:
    """Return an invitation with its meeting and organisation; of that meeting only, if named."""
    asked = (
        sa.select(Invitation)
        .where(Invitation.public_id == public_id)
        .options(
            joinedload(Invitation.meeting).joinedload(Meeting.window),
            joinedload(Invitation.organization),
        )
    )
    if meeting_id is not None:
        asked = asked.where(Invitation.meeting_id == meeting_id)
    return db.session.scalar(asked)


def of_meeting(meeting_id: int) -> list[Invitation]:
    """Return the invitations of a meeting with their organisations, in Turkish order."""
    return list(
        db.session.scalars(
            sa.select(Invitation)
            .join(Invitation.organization)
            .where(Invitation.meeting_id == meeting_id, Organization.merged_into_id.is_(None))
            .options(contains_eager(Invitation.organization))
            .order_by(Organization.sort_key, Organization.id)
        )
    )


def chosen(meeting_id: int) -> list[Invitation]:
    """Return the invitations that are chosen and not sent yet, in Turkish order."""
    return [one for one in of_meeting(meeting_id) if one.invited_at is None]


def invited_ids(meeting_id: int) -> dict[int, bool]:
    """Return the organisations of a meeting's list, and whether their invitation went out."""
    rows = db.session.execute(
        sa.select(Invitation.organization_id, Invitation.invited_at).where(
            Invitation.meeting_id == meeting_id
        )
    )
    return {organization_id: invited_at is not None for organization_id, invited_at in rows}


def of_organizations(organization_ids: Collection[int]) -> list[Invitation]:
    """Return what these organisations were invited to, what comes next first."""
    return list(
        db.session.scalars(
            sa.select(Invitation)
            .join(Invitation.meeting)
            .where(
                Invitation.organization_id.in_(organization_ids),
                Invitation.invited_at.is_not(None),
            )
            .options(
                contains_eager(Invitation.meeting).joinedload(Meeting.window),
                joinedload(Invitation.organization),
            )
            .order_by(Meeting.starts_at.desc(), Invitation.id)
        )
    )


def of_organization(organization_id: int, limit: int = 20) -> list[Invitation]:
    """Return what one organisation was invited to, the latest first."""
    return of_organizations([organization_id])[:limit]


def letters_of(
    meeting_id: int,
    kinds: Collection[LetterKind] = (),
    answers: Collection[RsvpAnswer] = (),
) -> list[InvitationLetter]:
    """Return the letters of a meeting's invitations with their outbox rows, oldest first."""
    asked = (
        sa.select(InvitationLetter)
        .join(InvitationLetter.invitation)
        .join(InvitationLetter.letter)
        .where(Invitation.meeting_id == meeting_id)
        .options(
            contains_eager(InvitationLetter.invitation).selectinload(Invitation.organization),
            contains_eager(InvitationLetter.letter).load_only(
                OutboxLetter.to_name,
                OutboxLetter.to_address,
                OutboxLetter.language,
                OutboxLetter.once,
                OutboxLetter.state,
                OutboxLetter.called_back_at,
                OutboxLetter.message_id,
                OutboxLetter.attempts,
                OutboxLetter.reason,
                OutboxLetter.sent_at,
            ),
        )
        .order_by(InvitationLetter.id)
    )
    if kinds:
        asked = asked.where(InvitationLetter.kind.in_(kinds))
    if answers:
        asked = asked.where(Invitation.answer.in_(answers))
    return list(db.session.scalars(asked))


def awaiting_answers() -> Sequence[Meeting]:
    """Return the meetings that somebody was invited to and can still answer, the next one first."""
    went_out = sa.exists().where(
        Invitation.meeting_id == Meeting.id, Invitation.invited_at.is_not(None)
    )
    return db.session.scalars(
        sa.select(Meeting)
        .where(
            Meeting.status.in_([MeetingStatus.PLANNED, MeetingStatus.INVITED]),
            Meeting.ends_at > clock.now(),
            Meeting.rsvp_deadline >= clock.today(),
            went_out,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
