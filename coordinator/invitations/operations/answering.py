"""An organisation's answer, however it reached the branch."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.invitations import queries
from coordinator.invitations.models import (
    COMING,
    AnsweredVia,
    AttendMode,
    GivenAnswer,
    Invitation,
    RsvpAnswer,
)
from coordinator.invitations.operations import seats
from coordinator.invitations.operations.holding import hold
from coordinator.invitations.operations.receipts import Receipt, send_receipt
from coordinator.invitations.operations.replies import Reply
from coordinator.invitations.operations.seats import InvitationClosed, TooManyPeople
from coordinator.invitations.permissions import called_off, closed
from coordinator.meetings.models import Mode
from coordinator.registry.models import Organization
from coordinator.wording import one_line

ON_THEIR_OWN = {AnsweredVia.LINK, AnsweredVia.ACCOUNT, AnsweredVia.CALENDAR}
COLUMNS = Invitation.__table__.columns.keys()


ANSWERS_ELSEWHERE = _l(
    "This record was merged with another one. The organisation answers with that one’s invitation."
)


class AnswerMissing(RuleBroken):
    """Silence is not an answer."""

    message = _l("Choose an answer.")


@dataclass(frozen=True)
class Source:
    """How an answer came, and who is sent a receipt of it."""

    via: AnsweredVia
    receipt: Receipt | None = None


def answer_invitation(
    *,
    invitation: Invitation,
    reply: Reply,
    source: Source,
    opened_version: int | None,
    actor: Actor,
) -> bool:
    """Keep the answer if it is the first against `opened_version`; return whether it is new.

    The same answer once more is no news and no fault. Where no place is free, those who want to
    come wait (`RsvpAnswer.WAITING`). Raises InvitationClosed (for links, accounts and calendars
    only), SavedMeanwhile, TooManyPeople, NoFurtherPlace, AnswerMissing.
    """
    read_anew(invitation)
    if reply.answer in (RsvpAnswer.NONE, RsvpAnswer.WAITING):
        raise AnswerMissing(field="answer")
    kept = _kept(invitation, reply)
    if all(value == now for value, now in zip(kept.values(), _now(invitation, kept), strict=True)):
        return False
    too_late = closed if source.via in ON_THEIR_OWN else called_off
    if why := too_late(invitation.meeting):
        raise InvitationClosed(why)
    claim(invitation, opened_version)
    most = seats.most_of(invitation)
    if kept["people"] > most:
        raise TooManyPeople(seats.room(most), field="people")
    before = invitation.answer
    frees = _keep(invitation, kept)
    invitation.answered_at, invitation.answered_via = clock.now(), source.via
    invitation.answered_by = one_line(actor.name)[:200]
    db.session.flush()
    _note(invitation, before, source.via, actor)
    if frees:
        seats.move_up(invitation.meeting, unless=invitation)
    if source.receipt is not None:
        send_receipt(invitation, source.receipt)
    return True


def read_anew(invitation: Invitation) -> None:
    """Wait for whoever is writing this invitation or counting places, then read what they wrote.

    While we waited the meeting may have been called off, and the record merged into another one;
    then InvitationClosed is raised, unless the invitation goes on as the other's.
    """
    hold(invitation.meeting)
    db.session.refresh(invitation, COLUMNS, with_for_update=True)
    db.session.expire(invitation, ["organization"])
    if _is_merged(invitation.organization_id):
        raise InvitationClosed(ANSWERS_ELSEWHERE)
    if invitation.invited_at is None:
        invitation.invited_at = clock.now()


def _is_merged(organization_id: int) -> bool:
    """Ask the database: the record in our hands may have been read before the merge."""
    asked = sa.select(Organization.merged_into_id).where(Organization.id == organization_id)
    return db.session.scalar(asked) is not None


def _kept(invitation: Invitation, reply: Reply) -> dict[str, Any]:
    """Return what is stored of the reply; only a hybrid meeting leaves the choice of the mode."""
    kept = reply.kept()
    if invitation.meeting.mode is not Mode.HYBRID:
        kept["attend_mode"] = None
    elif reply.answer in COMING:
        kept["attend_mode"] = reply.mode or AttendMode.IN_PERSON
    return kept


def _now(invitation: Invitation, kept: dict[str, Any]) -> list[Any]:
    """Return what is stored now; for those who wait, the answer that they gave."""
    values = {name: getattr(invitation, name) for name in kept}
    values["answer"] = invitation.waiting_for or invitation.answer
    return list(values.values())


def _keep(invitation: Invitation, kept: dict[str, Any]) -> bool:
    """Store the answer, or put it on the waiting list; return whether others may move up now."""
    held, waited = seats.held_by(invitation), invitation.waiting_no is not None
    wanted = queries.takes_seats(invitation.meeting, kept["people"], kept["attend_mode"])
    if seats.is_full_for(invitation, wanted):
        seats.enqueue(invitation, kept["answer"])
    else:
        invitation.answer = kept["answer"]
        invitation.waiting_for = invitation.waiting_no = None
    for name, value in kept.items():
        if name != "answer":
            setattr(invitation, name, value)
    return waited or seats.held_by(invitation) < held


def _note(invitation: Invitation, before: RsvpAnswer, via: AnsweredVia, actor: Actor) -> None:
    """Write down that the answer was given: for its history, and for the audit."""
    db.session.add(
        GivenAnswer(
            invitation_id=invitation.id,
            answer=invitation.answer,
            people=invitation.people,
            via=via,
            given_by=invitation.answered_by,
            note=invitation.note,
        )
    )
    audit.record(
        "invitation.answered",
        invitation,
        actor,
        answer=invitation.answer.value,
        before=before.value,
        people=invitation.people,
        answered_via=via.value,
    )
