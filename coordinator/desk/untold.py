"""Who of a meeting does not know how it stands: it moved or is off, and nothing of ours said so."""

from datetime import datetime

import sqlalchemy as sa

from coordinator import clock
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.invitations.models import (
    WANTING,
    Addressee,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.meetings.operations.planning import MOVING
from coordinator.outbox.models import OPEN_STATES, LetterState, OutboxLetter
from coordinator.registry.queries import stands

TOLD = "invitation.told"
"""The deed by which staff note that somebody was told by phone."""
EXPECTED = (*WANTING, RsvpAnswer.MAYBE)
TIMELESS = (LetterKind.CANCELLATION, LetterKind.WITHDRAWAL)
"""Letters that do not say when and where the meeting is."""
ON_THEIR_WAY = (LetterState.SENT, *OPEN_STATES)


def untold(meeting: Meeting) -> frozenset[int]:
    """Return the invitations of those who do not know of the last change, or that it is off."""
    since = changed_at(meeting)
    if since is None:
        return frozenset()
    asked = sa.select(Invitation.id).where(
        Invitation.meeting_id == meeting.id, is_untold(meeting, since)
    )
    return frozenset(db.session.scalars(asked))


def is_off(meeting: Meeting) -> bool:
    return meeting.status is MeetingStatus.CANCELLED


def changed_at(meeting: Meeting) -> datetime | None:
    """Return when a meeting to come last moved, or was called off; None if neither happened."""
    off = is_off(meeting)
    if not meeting.calendar_sequence or not (off or meeting.is_on):
        return None
    if clock.now() >= meeting.ends_at:
        return None
    lines = db.session.execute(
        sa.select(AuditLine.created_at, AuditLine.details)
        .where(
            AuditLine.subject == Meeting.__tablename__,
            AuditLine.subject_id == meeting.id,
            AuditLine.action == ("meeting.cancelled" if off else "meeting.edited"),
        )
        .order_by(AuditLine.id.desc())
    )
    return next((at for at, said in lines if off or MOVING & said.get("before", {}).keys()), None)


def is_untold(meeting: Meeting, since: datetime) -> sa.ColumnElement[bool]:
    """The condition that nobody of an invited organisation was told what happened then."""
    told = sa.exists().where(
        AuditLine.subject == Invitation.__tablename__,
        AuditLine.subject_id == Invitation.id,
        AuditLine.action == TOLD,
        AuditLine.created_at >= since,
    )
    asked_before = sa.and_(Invitation.invited_at <= since, stands(Invitation.organization_id))
    if is_off(meeting):
        letter = _letter_since(since, InvitationLetter.kind == LetterKind.CANCELLATION)
        return sa.and_(asked_before, Invitation.answer.in_(EXPECTED), ~letter, ~told)
    letter = _letter_since(since, InvitationLetter.kind.not_in(TIMELESS))
    brought = sa.exists().where(
        Addressee.invitation_id == Invitation.id, Addressee.done_at >= since
    )
    return sa.and_(
        asked_before,
        Invitation.answer != RsvpAnswer.NO,
        sa.or_(Invitation.answered_at.is_(None), Invitation.answered_at <= since),
        ~letter,
        ~brought,
        ~told,
    )


def _letter_since(since: datetime, kind: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The condition that such a letter was written since then and has not failed."""
    return sa.exists().where(
        InvitationLetter.invitation_id == Invitation.id,
        InvitationLetter.created_at >= since,
        kind,
        OutboxLetter.id == InvitationLetter.letter_id,
        OutboxLetter.state.in_(ON_THEIR_WAY),
    )
