"""An organisation's answer, however it reached the branch."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString, lazy_ngettext
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.invitations.models import COMING, AccessNeed, AnsweredVia, Invitation, RsvpAnswer
from coordinator.invitations.operations.receipts import Receipt, send_receipt
from coordinator.invitations.permissions import closed
from coordinator.wording import many_lines, one_line

ON_THEIR_OWN = {AnsweredVia.LINK, AnsweredVia.ACCOUNT}
COLUMNS = Invitation.__table__.columns.keys()


ANSWERS_ELSEWHERE = _l(
    "This record was merged with another one. The organisation answers with that one’s invitation."
)


class InvitationClosed(RuleBroken):
    """The meeting is off or over, or the last day to answer has passed."""

    message = _l("This invitation can no longer be answered.")


class TooManyPeople(RuleBroken):
    """An organisation may send as many people as the meeting has room for."""


class AnswerMissing(RuleBroken):
    """Silence is not an answer."""

    message = _l("Choose an answer.")


@dataclass(frozen=True)
class Reply:
    """What somebody answered."""

    answer: RsvpAnswer
    people: int = 0
    names: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    needs_note: str = ""
    note: str = ""

    def kept(self) -> dict[str, Any]:
        """Return what is stored of it: people, names and needs only of those who come."""
        values: dict[str, Any] = {
            "answer": self.answer,
            "people": 0,
            "attendee_names": [],
            "access_needs": [],
            "needs_note": "",
            "note": many_lines(self.note),
        }
        if self.answer in COMING:
            names = [name for name in map(one_line, self.names) if name]
            values["people"] = max(self.people, len(names), 1)
            values["attendee_names"] = names
            values["access_needs"] = [need.value for need in AccessNeed if need in self.needs]
            values["needs_note"] = one_line(self.needs_note)
        return values


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

    The same answer once more is no news and no fault. Raises InvitationClosed (for links and
    accounts only), SavedMeanwhile, TooManyPeople, AnswerMissing.
    """
    _read_anew(invitation)
    if invitation.organization.merged_into_id is not None:
        raise InvitationClosed(ANSWERS_ELSEWHERE)
    kept = reply.kept()
    if reply.answer is RsvpAnswer.NONE:
        raise AnswerMissing(field="answer")
    if all(getattr(invitation, name) == value for name, value in kept.items()):
        return False
    if source.via in ON_THEIR_OWN and (why := closed(invitation.meeting)):
        raise InvitationClosed(why)
    claim(invitation, opened_version)
    if kept["people"] > invitation.meeting.max_per_org:
        raise TooManyPeople(_room(invitation.meeting.max_per_org), field="people")
    before = invitation.answer
    for name, value in kept.items():
        setattr(invitation, name, value)
    invitation.answered_at, invitation.answered_via = clock.now(), source.via
    invitation.answered_by = one_line(actor.name)[:200]
    db.session.flush()
    audit.record(
        "invitation.answered",
        invitation,
        actor,
        answer=invitation.answer.value,
        before=before.value,
        people=invitation.people,
        answered_via=source.via.value,
    )
    if source.receipt is not None:
        send_receipt(invitation, source.receipt)
    return True


def _read_anew(invitation: Invitation) -> None:
    """Wait for whoever is writing this invitation, then read what they wrote.

    The meeting's state is read again as well: it may have been called off while we waited.
    """
    db.session.refresh(invitation, COLUMNS, with_for_update=True)
    db.session.refresh(invitation.meeting, ["status", "ends_at", "rsvp_deadline"])
    if invitation.invited_at is None:
        invitation.invited_at = clock.now()


def _room(most: int) -> LazyString:
    return lazy_ngettext(
        "One person of an organisation can come to this meeting.",
        "At most %(num)s people of an organisation can come to this meeting.",
        most,
    )
