"""Invite, remind, and a trial letter to oneself."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.invitations import queries
from coordinator.invitations.emails import Envelope, Writer
from coordinator.invitations.models import Invitation, LetterKind, RsvpAnswer
from coordinator.invitations.operations.choosing import add_chosen
from coordinator.invitations.operations.composing import Target, write_letters
from coordinator.invitations.operations.holding import lock
from coordinator.invitations.operations.seats import InvitationClosed
from coordinator.invitations.permissions import called_off, closed
from coordinator.invitations.queries.addressees import reached
from coordinator.invitations.queries.holders import holders
from coordinator.invitations.queries.pause import written_lately
from coordinator.invitations.signals import invited
from coordinator.links import absolute
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.meetings.operations.states import mark_invited, move
from coordinator.optouts.queries import standing
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import LetterState
from coordinator.registry.models import Organization
from coordinator.registry.queries import Recipient, recipients

AT_ONCE = 5000
LOST = {LetterState.FAILED, LetterState.CANCELLED}


class NotInvitable(RuleBroken):
    """Nobody is invited to a meeting that will not take place."""

    message = _l("This meeting will not take place, so nobody can be invited to it.")


@dataclass(frozen=True)
class Sent:
    """What came of it: organisations newly asked, letters, those to be phoned."""

    invited: int
    letters: int
    unreachable: int
    by_hand: int = 0
    """Organisations newly asked to which somebody brings a letter on paper."""


@dataclass(frozen=True)
class Reminded:
    """What came of reminding: organisations, letters, organisations that wait for a day."""

    organizations: int
    letters: int
    paused: int


def invite(*, meeting: Meeting, organizations: Iterable[Organization], actor: Actor) -> Sent:
    """Ask organisations to the meeting, each once, and queue one letter to each recipient.

    Whom staff chose gets it, in the way they chose; where they chose nobody, everybody who is
    written to. Who already has the invitation's letter gets no second one; an address put right
    meanwhile gets its first. Raises NotInvitable when the meeting is off.
    """
    wanted = {one.id for one in organizations}
    lock(meeting)
    if called_off(meeting):
        raise NotInvitable
    add_chosen(meeting, wanted - queries.invited_ids(meeting.id).keys())
    asked = [one for one in queries.of_meeting(meeting.id) if one.organization_id in wanted]
    new = [one for one in asked if one.invited_at is None]
    people = reached(asked)
    targets = [Target(one, recipient) for one in asked for recipient in people[one.id].letters]
    letters = write_letters(LetterKind.INVITATION, meeting, targets)
    _mark(meeting, new, actor)
    sent = Sent(
        invited=len(new),
        letters=len(letters),
        unreachable=sum(people[one.id].is_to_call for one in new),
        by_hand=sum(people[one.id].is_to_bring for one in new),
    )
    if new or letters:
        audit.record("invitations.sent", meeting, actor, **asdict(sent))
    if new:
        invited.send(meeting, invitations=new, actor=actor)
    return sent


def _mark(meeting: Meeting, new: Sequence[Invitation], actor: Actor) -> None:
    ids = [one.id for one in new]
    for start in range(0, len(ids), AT_ONCE):
        db.session.execute(
            sa.update(Invitation)
            .where(Invitation.id.in_(ids[start : start + AT_ONCE]))
            .values(invited_at=clock.now(), version=Invitation.version + 1)
        )
    if new and meeting.status is MeetingStatus.DRAFT:
        move(meeting, MeetingStatus.PLANNED)
    if new and meeting.status is MeetingStatus.PLANNED:
        mark_invited(meeting, actor=actor)


def remind(
    *,
    meeting: Meeting,
    actor: Actor,
    invitations: Collection[Invitation] | None = None,
    anyway: bool = False,
) -> Reminded:
    """Write to the silent ones (of `invitations`, or of all) whom the invitation reached.

    Whom it was handed over to is reminded as well. Whoever had a letter of ours within a day waits,
    unless they are written to `anyway`; nobody is reminded twice on one day. Raises
    InvitationClosed when it is too late to answer.
    """
    lock(meeting)
    if why := closed(meeting):
        raise InvitationClosed(why)
    only = None if invitations is None else {one.id for one in invitations}
    had = _reminded_today(meeting)
    targets = [*_asked(meeting, only, had), *_handed_over(meeting, only, had)]
    lately = set() if anyway else written_lately()
    free = [one for one in targets if one.recipient.address not in lately]
    letters = write_letters(LetterKind.REMINDER, meeting, free, clock.today())
    reminded = len({one.invitation.id for one in letters})
    if letters:
        audit.record(
            "invitations.reminded", meeting, actor, organizations=reminded, letters=len(letters)
        )
    paused = {one.invitation.id for one in targets} - {one.invitation.id for one in free}
    return Reminded(organizations=reminded, letters=len(letters), paused=len(paused))


def _asked(
    meeting: Meeting, only: Collection[int] | None, had: Collection[tuple[int, str]]
) -> list[Target]:
    """Return the silent ones whom the invitation itself reached, and who want round letters."""
    first = queries.letters_of(meeting.id, [LetterKind.INVITATION], [RsvpAnswer.NONE])
    reached = recipients({one.invitation.organization_id for one in first}, rounds=True)
    written_to = {
        (one.invitation_id, one.letter.to_address): one.invitation
        for one in first
        if one.letter.state not in LOST and (only is None or one.invitation_id in only)
        if (one.invitation_id, one.letter.to_address) not in had
    }
    return [
        Target(invitation, recipient)
        for (_id, address), invitation in written_to.items()
        for recipient in reached[invitation.organization_id]
        if recipient.address == address
    ]


def _handed_over(
    meeting: Meeting, only: Collection[int] | None, had: Collection[tuple[int, str]]
) -> list[Target]:
    """Return those to whom silent invitations were handed over, and who want round letters."""
    silent = {
        one.id: one
        for one in queries.of_meeting(meeting.id)
        if one.answer is RsvpAnswer.NONE and (only is None or one.id in only)
    }
    handed = [
        Target(silent[number], holder.recipient, handover_id=holder.handover_id)
        for number, people in holders(silent).items()
        for holder in people
        if holder.handover_id is not None and (number, holder.recipient.address) not in had
    ]
    out = standing([one.recipient.address for one in handed])
    return [one for one in handed if one.recipient.address.lower() not in out]


def _reminded_today(meeting: Meeting) -> set[tuple[int, str]]:
    """Return the places that a reminder was written to today, by hand or by the clock."""
    return {
        (one.invitation_id, one.letter.to_address)
        for one in queries.letters_of(meeting.id, [LetterKind.REMINDER])
        if clock.local(one.created_at).date() == clock.today()
    }


def send_trial(*, meeting: Meeting, to: Recipient, actor: Actor) -> None:
    """Send the invitation as it would arrive to oneself; its link opens an example page."""
    writer = Writer(meeting, institution.current())
    envelope = Envelope(
        recipient=to,
        organization_name=to.name,
        url=absolute("invitations.example"),
        trial=True,
    )
    outbox.queue(writer.write(LetterKind.INVITATION, envelope))
    audit.record("invitations.tried", meeting, actor)
