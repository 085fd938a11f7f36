"""What the first page tells, each in one statement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordinator import clock
from coordinator.activities.models import OPEN_TASKS, ActivityStatus, ActivityTask, JointActivity
from coordinator.extensions import db
from coordinator.invitations.models import Invitation, InvitationLetter, RsvpAnswer
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.outbox.models import LetterState, OutboxLetter
from coordinator.proposals.models import WAITING, Call, Proposal
from coordinator.registry.models import Organization
from coordinator.registry.queries import stands

SHOWN = 6
AHEAD = timedelta(days=14)
CAME_BACK_WITHIN = timedelta(days=14)
COMING = (MeetingStatus.PLANNED, MeetingStatus.INVITED)


@dataclass(frozen=True)
class Silent:
    """A meeting to which some organisations have not answered."""

    meeting: Meeting
    organizations: int


def silent_meetings() -> list[Silent]:
    """Return the coming meetings with invitations that wait for an answer, the nearest first."""
    silent = sa.func.count(Invitation.id)
    rows = db.session.execute(
        sa.select(Meeting, silent)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(
            Meeting.status.in_(COMING),
            Meeting.starts_at > clock.now(),
            Invitation.invited_at.is_not(None),
            Invitation.answer == RsvpAnswer.NONE,
            stands(Invitation.organization_id),
        )
        .group_by(Meeting.id)
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(SHOWN)
    )
    return [Silent(meeting, count) for meeting, count in rows]


def waiting_proposals() -> tuple[int, Proposal | None]:
    """Return how many proposals wait for the branch, and the one that waits longest."""
    waiting = Proposal.status.in_(WAITING)
    count = db.session.scalar(sa.select(sa.func.count()).select_from(Proposal).where(waiting)) or 0
    if not count:
        return 0, None
    oldest = sa.select(Proposal).where(waiting).order_by(Proposal.submitted_at, Proposal.id)
    return count, db.session.scalar(oldest.limit(1))


def undelivered() -> tuple[int, Sequence[InvitationLetter]]:
    """Return how many letters failed or lately came back, and the latest of open invitations."""
    lost = sa.or_(
        OutboxLetter.state == LetterState.FAILED,
        (OutboxLetter.state == LetterState.BOUNCED)
        & (OutboxLetter.bounced_at > clock.now() - CAME_BACK_WITHIN),
    )
    count = db.session.scalar(sa.select(sa.func.count()).select_from(OutboxLetter).where(lost)) or 0
    if not count:
        return 0, []
    letters = db.session.scalars(
        sa.select(InvitationLetter)
        .join(InvitationLetter.letter)
        .join(InvitationLetter.invitation)
        .join(Invitation.meeting)
        .where(lost, Meeting.starts_at > clock.now())
        .options(
            joinedload(InvitationLetter.letter),
            joinedload(InvitationLetter.invitation).joinedload(Invitation.organization),
            joinedload(InvitationLetter.invitation).joinedload(Invitation.meeting),
        )
        .order_by(InvitationLetter.id.desc())
        .limit(SHOWN)
    )
    return count, letters.all()


def unreadable_addresses() -> Sequence[Organization]:
    """Return organisations whose address could not be read when it was entered."""
    return db.session.scalars(
        sa.select(Organization)
        .where(Organization.unreadable_email != "")
        .order_by(Organization.sort_key)
        .limit(SHOWN)
    ).all()


def coming_meetings() -> Sequence[Meeting]:
    """Return the meetings and last days to answer of the next two weeks."""
    return db.session.scalars(
        sa.select(Meeting)
        .where(
            Meeting.status.in_(COMING),
            Meeting.starts_at > clock.now(),
            sa.or_(
                Meeting.starts_at < clock.now() + AHEAD,
                Meeting.rsvp_deadline.between(clock.today(), clock.today() + AHEAD),
            ),
        )
        .order_by(Meeting.starts_at)
        .limit(SHOWN)
    ).all()


def closing_calls() -> Sequence[Call]:
    """Return the calls that close in the next two weeks."""
    return db.session.scalars(
        sa.select(Call)
        .where(Call.closes_on.between(clock.today(), clock.today() + AHEAD))
        .order_by(Call.closes_on)
        .limit(SHOWN)
    ).all()


def coming_tasks() -> Sequence[ActivityTask]:
    """Return the tasks due in the next two weeks."""
    return _tasks(clock.today(), clock.today() + AHEAD)


def _tasks(first: date, last: date) -> Sequence[ActivityTask]:
    return db.session.scalars(
        sa.select(ActivityTask)
        .join(ActivityTask.activity)
        .where(
            ActivityTask.status.in_(OPEN_TASKS),
            ActivityTask.due_on.between(first, last),
            JointActivity.status != ActivityStatus.CANCELLED,
        )
        .options(joinedload(ActivityTask.activity), joinedload(ActivityTask.responsible_org))
        .order_by(ActivityTask.due_on, ActivityTask.id)
        .limit(SHOWN)
    ).all()


def own_silent(organization_ids: Collection[int]) -> Sequence[Invitation]:
    """Return the invitations that organisations have still to answer."""
    return db.session.scalars(
        sa.select(Invitation)
        .join(Invitation.meeting)
        .where(
            Invitation.organization_id.in_(organization_ids),
            Invitation.invited_at.is_not(None),
            Invitation.answer.in_([RsvpAnswer.NONE, RsvpAnswer.MAYBE]),
            Meeting.status.in_(COMING),
            Meeting.rsvp_deadline >= clock.today(),
        )
        .options(joinedload(Invitation.meeting), joinedload(Invitation.organization))
        .order_by(Meeting.rsvp_deadline, Invitation.id)
    ).all()
