"""Places of a meeting, counted in people: who gets one, who waits, and who moves up.

Whoever counts places holds the meeting's row until the commit, so places are given out one answer
after the other and the waiting list has the order in which the answers were kept. Nobody who has
a place ever loses it by what others answer, nor by a smaller room.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from flask_babel import LazyString, lazy_ngettext
from flask_babel import lazy_gettext as _l

from coordinator.actors import WORKER, Actor
from coordinator.audit import operations as audit
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.invitations import queries
from coordinator.invitations.models import COMING, Invitation, RsvpAnswer
from coordinator.invitations.operations.holding import hold
from coordinator.invitations.operations.moving_up import tell_moved_up
from coordinator.invitations.permissions import names_closed
from coordinator.invitations.signals import seated_untold
from coordinator.meetings.models import Meeting


class InvitationClosed(RuleBroken):
    """The meeting is off or over, or the last day to answer has passed."""

    message = _l("This invitation can no longer be answered.")


class TooManyPeople(RuleBroken):
    """An organisation may send as many people as it has places."""


class NoFurtherPlace(RuleBroken):
    """Who sits in a full room cannot bring one more; what they have stays theirs."""

    message = _l(
        "No further place is free. The places that you have stay yours; send the answer with as "
        "many people as before."
    )


class NobodyWaits(RuleBroken):
    """A place is given by hand to somebody on the waiting list."""

    message = _l("This organisation is not on the waiting list.")


def most_of(invitation: Invitation) -> int:
    """Return how many people the organisation may send."""
    return invitation.seats or invitation.meeting.max_per_org


def held_by(invitation: Invitation) -> int:
    """Return how many places it has now."""
    if invitation.answer not in COMING:
        return 0
    return queries.takes_seats(invitation.meeting, invitation.people, invitation.attend_mode)


def is_full_for(invitation: Invitation, wanted: int) -> bool:
    """Must it wait for `wanted` places? Raises TooManyPeople, NoFurtherPlace.

    Others who wait come first, even where its own wish would still fit.
    """
    meeting, held = invitation.meeting, held_by(invitation)
    if meeting.capacity is None or wanted <= held:
        return False
    if wanted > meeting.capacity:
        raise TooManyPeople(room(meeting.capacity), field="people")
    if invitation.answer is RsvpAnswer.WAITING:
        return True
    free = meeting.capacity - queries.taken_seats(meeting)
    full = free + held < wanted or queries.somebody_waits(meeting.id)
    if full and held:
        raise NoFurtherPlace(field="people")
    return full


def enqueue(invitation: Invitation, wanted: RsvpAnswer) -> None:
    """Put the organisation on the waiting list; who is on it keeps the place in the queue."""
    if invitation.waiting_no is None:
        invitation.waiting_no = queries.last_in_queue(invitation.meeting_id) + 1
    invitation.answer, invitation.waiting_for = RsvpAnswer.WAITING, wanted


def move_up(meeting: Meeting, *, unless: Invitation | None = None) -> Sequence[Invitation]:
    """Give free places to those who wait, strictly in order, and write to them.

    `unless` is answering just now, and told by that. Nobody moves up once the meeting has begun,
    or is off.
    """
    hold(meeting)
    if names_closed(meeting):
        return []
    waiting = _waiting_list(meeting)
    if not waiting:
        return []
    free = queries.free_seats(meeting)
    seated = []
    for one in waiting:
        wanted = queries.takes_seats(meeting, one.people, one.attend_mode)
        if free is not None and wanted > free:
            break
        free = None if free is None else free - wanted
        _give_place(one)
        seated.append(one)
    db.session.flush()
    for one in seated:
        answering = {"answering": True} if one is unless else {}
        audit.record("invitation.moved_up", one, WORKER, people=one.people, **answering)
    told = [one for one in seated if one is not unless]
    letters = tell_moved_up(meeting, told)
    if untold := [one for one in told if not letters[one.id]]:
        seated_untold.send(meeting, invitations=untold)
    return seated


def seat(*, invitation: Invitation, actor: Actor) -> int:
    """Give a place to somebody on the waiting list by hand, before their turn or over the limit.

    Returns how many letters tell them; none means that somebody has to call. Raises
    InvitationClosed once the meeting has begun or is off, NobodyWaits.
    """
    meeting = invitation.meeting
    hold(meeting)
    if why := names_closed(meeting):
        raise InvitationClosed(why)
    db.session.refresh(
        invitation, ["answer", "waiting_for", "waiting_no", "version"], with_for_update=True
    )
    if invitation.answer is not RsvpAnswer.WAITING:
        raise NobodyWaits
    _give_place(invitation)
    db.session.flush()
    audit.record("invitation.seated", invitation, actor, people=invitation.people)
    letters = tell_moved_up(meeting, [invitation])
    move_up(meeting)
    return letters[invitation.id]


def _give_place(invitation: Invitation) -> None:
    invitation.answer = invitation.waiting_for or RsvpAnswer.YES
    invitation.waiting_for = invitation.waiting_no = None


def _waiting_list(meeting: Meeting) -> Sequence[Invitation]:
    """Return who waits as it is now, held against being answered meanwhile."""
    ids = [one.id for one in queries.waiting_list(meeting.id)]
    if not ids:
        return []
    return db.session.scalars(
        sa.select(Invitation)
        .where(Invitation.id.in_(ids), Invitation.answer == RsvpAnswer.WAITING)
        .order_by(Invitation.waiting_no, Invitation.id)
        .with_for_update(of=Invitation)
        .execution_options(populate_existing=True)
    ).all()


def room(most: int) -> LazyString:
    """Say how many people of an organisation can come."""
    return lazy_ngettext(
        "One person of an organisation can come to this meeting.",
        "At most %(num)s people of an organisation can come to this meeting.",
        most,
    )
