"""What the answers of meetings need, and what was ordered: the same statements for any number."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator import clock
from coordinator.access import WRITERS
from coordinator.accounts.models import User
from coordinator.bookings.models import BOOKED, BookingState, ServiceBooking
from coordinator.bookings.services import Asker, Service, usual_day
from coordinator.days import queries as days
from coordinator.extensions import db
from coordinator.invitations.models import COMING, AccessNeed, Invitation, RsvpAnswer
from coordinator.meetings.models import STANDING, Meeting, MeetingStatus
from coordinator.registry.models import Organization

NEEDS_KEPT = timedelta(days=30)
"""How long after a meeting it stays known who asked for which service."""
LOOKED_BACK = timedelta(days=30)
AHEAD = timedelta(days=60)
MOST_MEETINGS = 50
WAITING = (RsvpAnswer.WAITING,)
NO_NEEDS = ("[]", "null", "{}")


def services(meeting: Meeting) -> list[Service]:
    """Return what is wanted or was decided for a meeting, in the order of the list of services."""
    return of_meetings([meeting])[meeting.id]


def of_waiting(meeting: Meeting) -> list[Service]:
    """Return what those on the waiting list would need if they came, in the usual order."""
    if clock.now() >= meeting.ends_at or meeting.status not in STANDING:
        return []
    found: dict[AccessNeed, Service] = {}
    usual = clock.local(meeting.starts_at).date()
    for _meeting_id, name, page, needs, numbers, note in _wishes([meeting.id], WAITING):
        for need in known(needs):
            asker = Asker(name, page, number_of(need, numbers), note)
            found.setdefault(need, Service(meeting, need, usual)).askers.append(asker)
    return [found[need] for need in AccessNeed if need in found]


def service(meeting: Meeting, need: AccessNeed) -> Service:
    """Return one service of a meeting, though nobody may have asked for it yet."""
    found = {one.need: one for one in services(meeting)}
    return found.get(need) or Service(meeting, need, usual_days([meeting])[meeting.id])


def prepared(meeting: Meeting) -> dict[AccessNeed, BookingState]:
    """Return how far each service that is wanted or was decided about has come."""
    return {one.need: one.state for one in services(meeting)}


def waiting() -> list[tuple[Meeting, list[Service]]]:
    """Return the meetings to come where services wait for somebody, with those services."""
    wanted = sa.exists().where(
        Invitation.meeting_id == Meeting.id, Invitation.answer.in_(COMING), has_needs()
    )
    decided = sa.exists().where(ServiceBooking.meeting_id == Meeting.id)
    booked = decided.where(ServiceBooking.state.in_(BOOKED))
    coming = Meeting.status.in_([MeetingStatus.PLANNED, MeetingStatus.INVITED])
    meetings = db.session.scalars(
        sa.select(Meeting)
        .where(
            Meeting.starts_at.between(clock.now(), clock.now() + AHEAD),
            sa.or_(
                coming & (wanted | decided), (Meeting.status == MeetingStatus.CANCELLED) & booked
            ),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST_MEETINGS)
    ).all()
    found = of_meetings(meetings)
    told = [(one, [s for s in found[one.id] if s.wants_somebody]) for one in meetings]
    return [(meeting, some) for meeting, some in told if some]


def of_meetings(meetings: Sequence[Meeting]) -> dict[int, list[Service]]:
    """Return the services of each meeting."""
    if not meetings:
        return {}
    usual = usual_days(meetings)
    found: dict[int, dict[AccessNeed, Service]] = {one.id: {} for one in meetings}
    by_id = {one.id: one for one in meetings}

    def of(meeting_id: int, need: AccessNeed) -> Service:
        meeting = by_id[meeting_id]
        erased = clock.now() >= meeting.ends_at + NEEDS_KEPT
        return found[meeting_id].setdefault(
            need, Service(meeting, need, usual[meeting_id], is_erased=erased)
        )

    for booking in _bookings(by_id):
        of(booking.meeting_id, booking.need).booking = booking
    for meeting_id, name, page, needs, numbers, note in _wishes(by_id):
        for need in known(needs):
            asker = Asker(name, page, number_of(need, numbers), note)
            of(meeting_id, need).askers.append(asker)
    return {
        meeting_id: [some[need] for need in AccessNeed if need in some]
        for meeting_id, some in found.items()
    }


def usual_days(meetings: Sequence[Meeting]) -> dict[int, date]:
    """Return for each meeting the day by which its services should be ordered."""
    days_of_all = [clock.local(one.starts_at).date() for one in meetings]
    closed = days.closed_days(min(days_of_all) - LOOKED_BACK, max(days_of_all))
    return {one.id: usual_day(one, closed) for one in meetings}


def known(codes: Iterable[str] | None) -> list[AccessNeed]:
    """Return the services of stored codes, each once."""
    stored = set(codes or ())
    return [need for need in AccessNeed if need.value in stored]


def number_of(need: AccessNeed, numbers: object) -> int:
    """Return for how many people a service is wanted; one where nothing is said."""
    said = numbers.get(need.value) if isinstance(numbers, dict) else None
    return said if isinstance(said, int) and said > 0 else 1


def has_needs() -> sa.ColumnElement[bool]:
    """Does an invitation ask for any service?"""
    return sa.cast(Invitation.access_needs, sa.Text).not_in(NO_NEEDS)


def staff(kept: User | None = None) -> list[User]:
    """Return who can be responsible: the writers with an open account, and who is it already."""
    found = db.session.scalars(
        sa.select(User).where(User.role.in_(WRITERS), User.active).order_by(User.sort_key, User.id)
    ).all()
    return [*found, *([kept] if kept is not None and kept not in found else [])]


def _bookings(meeting_ids: Iterable[int]) -> Sequence[ServiceBooking]:
    return db.session.scalars(
        sa.select(ServiceBooking)
        .where(ServiceBooking.meeting_id.in_(meeting_ids))
        .options(joinedload(ServiceBooking.responsible))
    ).all()


def _wishes(meeting_ids: Iterable[int], answers: Sequence[RsvpAnswer] = COMING) -> Sequence[Any]:
    return db.session.execute(
        sa.select(
            Invitation.meeting_id,
            Organization.name,
            Organization.public_id,
            Invitation.access_needs,
            Invitation.need_numbers,
            Invitation.needs_note,
        )
        .join(Organization, Organization.id == Invitation.organization_id)
        .where(
            Invitation.meeting_id.in_(meeting_ids),
            Invitation.answer.in_(answers),
            Organization.merged_into_id.is_(None),
            has_needs(),
        )
        .order_by(Organization.sort_key, Organization.id)
    ).all()
