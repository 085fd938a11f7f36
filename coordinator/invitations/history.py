"""Invitations, their letters' fate and every answer in an organisation's history."""

from collections import defaultdict

import sqlalchemy as sa
from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.history import sources
from coordinator.history.letters import with_reason
from coordinator.history.sources import Event, Source
from coordinator.invitations.models import (
    COMING,
    Invitation,
    InvitationLetter,
    LetterKind,
    RsvpAnswer,
)
from coordinator.meetings.models import Meeting
from coordinator.outbox.models import OutboxLetter
from coordinator.registry.models import Organization

INVITED, ANSWERED = "invitation", "answer"
SEATED = ("invitation.moved_up", "invitation.seated")


def init_app(app: Flask) -> None:
    sources.add(app, Source(INVITED, _l("Invitations"), invited))
    sources.add(app, Source(ANSWERED, _l("Answers"), answered))


def invited(organization: Organization, most: int) -> list[Event]:
    """Return the invitations that went out, each with what became of its letters."""
    rows = db.session.execute(
        sa.select(Invitation, Meeting)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(Invitation.organization_id == organization.id, Invitation.invited_at.is_not(None))
        .order_by(Invitation.invited_at.desc(), Invitation.id.desc())
        .limit(most)
    ).all()
    letters = _letters([invitation.id for invitation, _meeting in rows])
    return [
        Event(
            at=invitation.invited_at or meeting.starts_at,
            kind=INVITED,
            title=_("Invited: %(meeting)s", meeting=meeting.title),
            text="\n".join(letters[invitation.id]) or _("No letter: told by phone or by hand."),
            url=url_for(
                "invitations.invitation",
                public_id=meeting.public_id,
                invitation_id=invitation.public_id,
            ),
            shape="plane",
        )
        for invitation, meeting in rows
    ]


def _letters(invitation_ids: list[int]) -> dict[int, list[str]]:
    """Return a line for each letter of the invitations: to whom, and what became of it."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.execute(
        sa.select(InvitationLetter.invitation_id, InvitationLetter.kind, OutboxLetter)
        .join(OutboxLetter, OutboxLetter.id == InvitationLetter.letter_id)
        .where(InvitationLetter.invitation_id.in_(invitation_ids))
        .order_by(InvitationLetter.id)
    )
    for invitation_id, kind, letter in rows:
        found[invitation_id].append(_fate(kind, letter))
    return found


def _fate(kind: LetterKind, letter: OutboxLetter) -> str:
    line = _(
        "%(kind)s to %(name)s (%(address)s): %(state)s",
        kind=kind.word,
        name=letter.to_name,
        address=letter.to_address,
        state=letter.state.word,
    )
    return with_reason(line, letter)


def answered(organization: Organization, most: int) -> list[Event]:
    """Return every answer and every change of one, with who gave it."""
    rows = db.session.execute(
        sa.select(AuditLine, Meeting)
        .join(
            Invitation,
            sa.and_(
                AuditLine.subject == Invitation.__tablename__,
                AuditLine.subject_id == Invitation.id,
                # The number of one that was taken off the list may come again.
                AuditLine.created_at >= Invitation.created_at,
            ),
        )
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(
            Invitation.organization_id == organization.id,
            AuditLine.action.in_(["invitation.answered", *SEATED]),
        )
        .order_by(AuditLine.created_at.desc(), AuditLine.id.desc())
        .limit(most)
    )
    return [_answer(line, meeting) for line, meeting in rows]


def _answer(line: AuditLine, meeting: Meeting) -> Event:
    if line.action in SEATED:
        return _seat(line, meeting)
    answer = RsvpAnswer(line.details.get("answer", RsvpAnswer.NONE))
    title = _("%(answer)s: %(meeting)s", answer=answer.word, meeting=meeting.title)
    people = int(line.details.get("people") or 0)
    if answer in COMING and people:
        title += ", " + ngettext("%(num)s person", "%(num)s people", people)
    return Event(
        at=line.created_at,
        kind=ANSWERED,
        title=title,
        url=url_for("invitations.invitees", public_id=meeting.public_id),
        shape=answer.shape,
        tone=answer.tone,
        who=line.actor_name,
    )


def _seat(line: AuditLine, meeting: Meeting) -> Event:
    return Event(
        at=line.created_at,
        kind=ANSWERED,
        title=_("Got a place from the waiting list: %(meeting)s", meeting=meeting.title),
        url=url_for("invitations.invitees", public_id=meeting.public_id),
        shape=RsvpAnswer.YES.shape,
        tone=RsvpAnswer.YES.tone,
        who=line.actor_name,
    )
