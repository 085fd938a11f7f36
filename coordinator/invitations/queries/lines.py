"""The list of a meeting's invitees: one question, whatever their number."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.invitations.models import (
    AnsweredVia,
    Delivery,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.invitations.queries.totals import Totals
from coordinator.outbox.models import LetterState
from coordinator.outbox.models import OutboxLetter as Letter
from coordinator.registry.models import District, Organization

NEWS = (
    LetterKind.INVITATION,
    LetterKind.REMINDER,
    LetterKind.CHANGE,
    LetterKind.CANCELLATION,
)
"""The letters that the branch sends of its own accord; a receipt follows an answer."""


@dataclass(slots=True)
class Line:
    """One invitee with the answer and what became of the letters."""

    id: int
    public_id: str
    invited_at: datetime | None
    answer: RsvpAnswer
    people: int
    needs: list[str]
    needs_note: str
    answered_at: datetime | None
    via: AnsweredVia | None
    answered_by: str
    organization_id: int
    organization: str
    organization_page: str
    search_key: str
    email: str
    phone: str
    district: str | None
    district_slug: str | None
    queued: int
    sending: int
    sent: int
    deferred: int
    failed: int
    cancelled: int
    letters: int
    still_open: int
    sent_at: datetime | None
    reminded_at: datetime | None
    reason: str | None
    addresses: str | None
    touched_at: datetime | None

    @property
    def delivery(self) -> Delivery:
        """The best that any of the invitation's letters came to."""
        if self.invited_at is None:
            return Delivery.TO_SEND
        for count, state in (
            (self.sent, Delivery.SENT),
            (self.sending, Delivery.SENDING),
            (self.queued, Delivery.TO_SEND),
            (self.deferred, Delivery.DEFERRED),
            (self.failed, Delivery.FAILED),
            (self.cancelled, Delivery.CANCELLED),
        ):
            if count:
                return state
        return Delivery.TO_CALL

    @property
    def is_silent(self) -> bool:
        return self.invited_at is not None and self.answer is RsvpAnswer.NONE

    @property
    def written_to(self) -> frozenset[str]:
        """The addresses to which an invitation was sent or is on its way."""
        return frozenset((self.addresses or "").split(" ")) - {""}


def lines(meeting_id: int) -> list[Line]:
    """Return every invitee of the meeting in Turkish order."""
    return [Line(*row) for row in db.session.execute(_asked(), {"meeting_id": meeting_id})]


@cache
def _asked() -> sa.Select[Any]:
    """The question, built once: building it costs more than the answer."""
    meeting_id: sa.BindParameter[Any] = sa.bindparam("meeting_id")
    letters = _letters(meeting_id)
    return (
        sa.select(
            Invitation.id,
            Invitation.public_id,
            Invitation.invited_at,
            Invitation.answer,
            Invitation.people,
            Invitation.access_needs,
            Invitation.needs_note,
            Invitation.answered_at,
            Invitation.answered_via,
            Invitation.answered_by,
            Organization.id,
            Organization.name,
            Organization.public_id,
            Organization.search_key,
            Organization.email,
            Organization.phone,
            District.name,
            District.slug,
            *(sa.func.coalesce(letters.c[name], 0) for name in COUNTS),
            letters.c.sent_at,
            letters.c.reminded_at,
            letters.c.reason,
            letters.c.addresses,
            letters.c.touched_at,
        )
        .join(Organization, Organization.id == Invitation.organization_id)
        .outerjoin(District, District.id == Organization.district_id)
        .outerjoin(letters, letters.c.invitation_id == Invitation.id)
        .where(Invitation.meeting_id == meeting_id)
        .order_by(Organization.sort_key, Organization.id)
    )


STATES = tuple(LetterState)
COUNTS = (*(state.value for state in STATES), "letters", "still_open")
OPEN = (LetterState.QUEUED, LetterState.SENDING, LetterState.DEFERRED)


def _letters(meeting_id: sa.BindParameter[Any]) -> Any:
    is_invitation = InvitationLetter.kind == LetterKind.INVITATION
    undelivered = Letter.state.in_((LetterState.FAILED, LetterState.DEFERRED))
    own = sa.select(Invitation.id).where(Invitation.meeting_id == meeting_id)

    def counted(condition: sa.ColumnElement[bool], name: str) -> Any:
        return sa.func.count(sa.case((condition, 1))).label(name)

    return (
        sa.select(
            InvitationLetter.invitation_id,
            *(counted(sa.and_(is_invitation, Letter.state == one), one.value) for one in STATES),
            counted(Letter.state != LetterState.CANCELLED, "letters"),
            counted(Letter.state.in_(OPEN), "still_open"),
            sa.func.max(sa.case((is_invitation, Letter.sent_at))).label("sent_at"),
            sa.func.max(
                sa.case((InvitationLetter.kind == LetterKind.REMINDER, Letter.sent_at))
            ).label("reminded_at"),
            sa.func.max(sa.case((sa.and_(is_invitation, undelivered), Letter.reason))).label(
                "reason"
            ),
            sa.func.aggregate_strings(
                sa.case((is_invitation, Letter.to_address), else_=""), " "
            ).label("addresses"),
            sa.func.max(Letter.updated_at).label("touched_at"),
        )
        .join(Letter, Letter.id == InvitationLetter.letter_id)
        .where(InvitationLetter.invitation_id.in_(own), InvitationLetter.kind.in_(NEWS))
        .group_by(InvitationLetter.invitation_id)
        .subquery()
    )


def totals_of(all_lines: list[Line]) -> Totals:
    """Add up a list that is already read."""
    totals = Totals()
    for line in all_lines:
        if line.invited_at is not None:
            totals.add(line.answer, 1, line.people)
    return totals
