"""Who of a meeting does not know how it stands for them, as nothing of ours said so.

The meeting moved or is off, or somebody who waited has a place.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator import clock
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.invitations.models import (
    COMING,
    WANTING,
    Addressee,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.queries.unreached import ON_THEIR_WAY
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.meetings.operations.planning import MOVING
from coordinator.outbox.models import OutboxLetter
from coordinator.outbox.queries import is_not_held
from coordinator.registry.queries import stands

Moment = datetime | sa.ScalarSelect[datetime]
TOLD = "invitation.told"
"""The deed by which staff note that somebody was told by phone."""
TAKEN_BACK = "invitation.told_taken_back"
"""The deed by which they say that it was not so."""
EXPECTED = (*WANTING, RsvpAnswer.MAYBE)
SEATING = ("invitation.moved_up", "invitation.seated")
"""The deeds by which somebody on the waiting list gets a place."""
TELLS_PLACE = (LetterKind.MOVED_UP, LetterKind.RECEIPT)
TIMELESS = (LetterKind.CANCELLATION, LetterKind.WITHDRAWAL)
"""Letters that do not say when and where the meeting is."""


def untold(meeting: Meeting, since: datetime | None) -> frozenset[int]:
    """Return the invitations of those who do not know what happened then to the meeting."""
    if since is None:
        return frozenset()
    asked = sa.select(Invitation.id).where(
        Invitation.meeting_id == meeting.id, is_untold(meeting, since)
    )
    return frozenset(db.session.scalars(asked))


def seated_untold(meeting: Meeting) -> frozenset[int]:
    """Return the invitations of those who have a place and do not know it."""
    if is_over(meeting):
        return frozenset()
    asked = sa.select(Invitation.id).where(Invitation.meeting_id == meeting.id, is_seated_untold())
    return frozenset(db.session.scalars(asked))


def is_over(meeting: Meeting) -> bool:
    """Is nobody expected any more?"""
    return not meeting.is_on or clock.now() >= meeting.ends_at


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
    not_told = _not_told_since(since)
    asked_before = sa.and_(Invitation.invited_at <= since, stands(Invitation.organization_id))
    if is_off(meeting):
        letter = _letter_since(since, InvitationLetter.kind == LetterKind.CANCELLATION)
        return sa.and_(asked_before, Invitation.answer.in_(EXPECTED), ~letter, not_told)
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
        not_told,
    )


def is_seated_untold() -> sa.ColumnElement[bool]:
    """The condition that an organisation got a place on the waiting list and was not told.

    Who got it by an answer of their own knows it by that, and so does who answered since.
    """
    since = _seated_at()
    return sa.and_(
        Invitation.answer.in_(COMING),
        stands(Invitation.organization_id),
        Invitation.answered_at <= since,
        ~_letter_since(since, InvitationLetter.kind.in_(TELLS_PLACE)),
        _not_told_since(since),
    )


def _seated_at() -> sa.ScalarSelect[datetime]:
    """When the organisation got a place, unless by answering; null for who never waited."""
    return (
        sa.select(sa.func.max(AuditLine.created_at))
        .where(
            AuditLine.subject == Invitation.__tablename__,
            AuditLine.subject_id == Invitation.id,
            AuditLine.action.in_(SEATING),
            AuditLine.details["answering"].as_boolean().is_not(sa.true()),
        )
        .correlate(Invitation)
        .scalar_subquery()
    )


def _not_told_since(since: Moment) -> sa.ColumnElement[bool]:
    """The condition that staff did not note since then that somebody was told."""
    last_said = (
        sa.select(AuditLine.action)
        .where(AuditLine.subject_id == Invitation.id, *_said_since(since))
        .order_by(AuditLine.id.desc())
        .limit(1)
        .correlate(Invitation)
        .scalar_subquery()
    )
    return sa.func.coalesce(last_said, "") != TOLD


@dataclass(frozen=True)
class Told:
    """An invitation of which staff noted that somebody was told; `call` is what they wrote down."""

    invitation: Invitation
    at: datetime
    by: str
    contact: str
    call: str


def told(meeting: Meeting, since: datetime | None) -> list[Told]:
    """Return who was told by phone what happened then, or of their place; the latest first."""
    return _told_since(since, Invitation.meeting_id == meeting.id)


def told_of(invitation: Invitation) -> Told | None:
    """Return by which note an organisation knows of the last change; None without one."""
    found = _told_since(changed_at(invitation.meeting), Invitation.id == invitation.id)
    return found[0] if found else None


def _told_since(since: datetime | None, which: sa.ColumnElement[bool]) -> list[Told]:
    rows = db.session.execute(
        sa.select(AuditLine, Invitation)
        .join(Invitation, Invitation.id == AuditLine.subject_id)
        .where(which, stands(Invitation.organization_id), *_said_since(_seated_at(), since))
        .options(joinedload(Invitation.organization))
        .order_by(AuditLine.id)
    )
    last = {one.id: (line, one) for line, one in rows}
    found = [
        Told(
            one,
            line.created_at,
            line.actor_name,
            line.details.get("contact", ""),
            line.details.get("call", ""),
        )
        for line, one in last.values()
        if line.action == TOLD
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _said_since(*since: Moment | None) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions of what staff noted since any of these: told, or taken back."""
    return (
        AuditLine.subject == Invitation.__tablename__,
        AuditLine.action.in_([TOLD, TAKEN_BACK]),
        sa.or_(*(AuditLine.created_at >= one for one in since if one is not None)),
    )


def _letter_since(since: Moment, kind: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The condition that such a letter was written since then, and has not failed or been lost.

    Where letters came back, one that is said to be sent is not believed: its address may be the
    same as another organisation's.
    """
    return sa.exists().where(
        InvitationLetter.invitation_id == Invitation.id,
        InvitationLetter.created_at >= since,
        kind,
        OutboxLetter.id == InvitationLetter.letter_id,
        OutboxLetter.state.in_(ON_THEIR_WAY),
        is_not_held(OutboxLetter.to_address),
    )
