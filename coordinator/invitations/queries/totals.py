"""Counts of invitations and answers, for one page or for many meetings at once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from coordinator.extensions import db
from coordinator.invitations.models import (
    COMING,
    SHARED_NEEDS,
    AccessNeed,
    Invitation,
    RsvpAnswer,
)
from coordinator.meetings.models import CAME, Attendance, Meeting
from coordinator.registry.queries import stands


@dataclass(slots=True)
class Totals:
    """How many organisations were asked to a meeting and what they answered."""

    invited: int = 0
    yes: int = 0
    deputy: int = 0
    waiting: int = 0
    maybe: int = 0
    no: int = 0
    none: int = 0
    people: int = 0
    people_waiting: int = 0

    @property
    def answered(self) -> int:
        return self.invited - self.none

    @property
    def coming(self) -> int:
        return self.yes + self.deputy

    def add(self, answer: RsvpAnswer, organizations: int, people: int) -> None:
        self.invited += organizations
        setattr(self, answer.value, getattr(self, answer.value) + organizations)
        if answer in COMING:
            self.people += people
        elif answer is RsvpAnswer.WAITING:
            self.people_waiting += people


def meeting_totals(meeting_ids: Iterable[int]) -> dict[int, Totals]:
    """Return the totals of each meeting; one question for all."""
    ids = list(meeting_ids)
    totals = {meeting_id: Totals() for meeting_id in ids}
    rows = db.session.execute(
        sa.select(
            Invitation.meeting_id,
            Invitation.answer,
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(Invitation.people), 0),
        )
        .where(
            Invitation.meeting_id.in_(ids),
            Invitation.invited_at.is_not(None),
            stands(Invitation.organization_id),
        )
        .group_by(Invitation.meeting_id, Invitation.answer)
    )
    for meeting_id, answer, organizations, people in rows:
        totals[meeting_id].add(answer, organizations, people)
    return totals


@dataclass(slots=True)
class WindowCount:
    """Organisations of a window: asked to any of its meetings, answered any, came to any."""

    invited: int = 0
    answered: int = 0
    came: int = 0
    people_came: int = 0


def window_counts(window_ids: Iterable[int]) -> dict[int, WindowCount]:
    """Return for each window how many organisations were invited, answered and came."""
    ids = list(window_ids)
    counts = {window_id: WindowCount() for window_id in ids}
    answered = sa.case((Invitation.answer != RsvpAnswer.NONE, Invitation.organization_id))
    rows: Any = db.session.execute(
        sa.select(
            Meeting.window_id,
            sa.func.count(Invitation.organization_id.distinct()),
            sa.func.count(answered.distinct()),
        )
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(
            Meeting.window_id.in_(ids),
            Invitation.invited_at.is_not(None),
            stands(Invitation.organization_id),
        )
        .group_by(Meeting.window_id)
    )
    for window_id, invited, answers in rows:
        counts[window_id].invited, counts[window_id].answered = invited, answers
    rows = db.session.execute(
        sa.select(
            Meeting.window_id,
            sa.func.count(Attendance.organization_id.distinct()),
            sa.func.coalesce(sa.func.sum(Attendance.people), 0),
        )
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(
            Meeting.window_id.in_(ids),
            Attendance.status.in_(CAME),
            stands(Attendance.organization_id),
        )
        .group_by(Meeting.window_id)
    )
    for window_id, came, people in rows:
        counts[window_id].came, counts[window_id].people_came = came, people
    return counts


def needs_of(
    wishes: Iterable[tuple[Iterable[str], Mapping[str, int]]],
) -> list[tuple[AccessNeed, int]]:
    """Add up what is to be ordered, in the order of the list of services.

    A wish is the services and for how many people each is; one where nothing is said.
    """
    wanted: Counter[str] = Counter()
    for needs, numbers in wishes:
        for code in needs:
            wanted[code] += numbers.get(code, 1)
    return [
        (need, 1 if need in SHARED_NEEDS else wanted[need.value])
        for need in AccessNeed
        if wanted[need.value]
    ]
