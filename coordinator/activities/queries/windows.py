"""A window as it stands: its meetings, calls, proposals and activities, counted."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from coordinator.activities.models import ActivityPartner, ActivityStatus, JointActivity
from coordinator.activities.queries import activities
from coordinator.days.models import DayWindow
from coordinator.extensions import db
from coordinator.invitations.models import COMING, Invitation, RsvpAnswer
from coordinator.meetings.models import CAME, Attendance, Meeting, MeetingStatus
from coordinator.proposals.models import COUNTED, TAKEN_UP, Call, Proposal, ProposalStatus
from coordinator.registry.models import Organization
from coordinator.registry.queries import stands

OFF = (MeetingStatus.CANCELLED, MeetingStatus.DRAFT)
GONE_OUT = (MeetingStatus.INVITED, MeetingStatus.HELD, MeetingStatus.CLOSED)
WITHOUT_END = timedelta(hours=1)
ALL_DAY = timedelta(hours=12)


@dataclass(frozen=True)
class Made:
    """A proposal of the window, as its counts and the list of what is missing need it."""

    public_id: str
    title: str
    status: ProposalStatus
    call_id: int
    organization_id: int
    organization: str
    has_activity: bool


@dataclass(frozen=True)
class Numbers:
    """What came of a window, in organisations and people."""

    invited: int
    answered: int
    came: int
    people_came: int
    taking_part: int


@dataclass(frozen=True)
class Standing:
    """All that the window's page tells."""

    window: DayWindow
    activities: Sequence[JointActivity]
    meetings: Sequence[Meeting]
    answers: dict[int, Counter[RsvpAnswer]]
    calls: Sequence[Call]
    proposals: Sequence[Made]
    numbers: Numbers
    clashing: list[list[JointActivity]] = field(default_factory=list)

    @property
    def planned(self) -> list[JointActivity]:
        """The activities that were not called off."""
        return [one for one in self.activities if not one.is_cancelled]

    @property
    def sent_in(self) -> list[Made]:
        return [one for one in self.proposals if one.status in COUNTED]

    @property
    def accepted(self) -> list[Made]:
        return [one for one in self.proposals if one.status in TAKEN_UP]

    @property
    def waiting_for_activity(self) -> list[Made]:
        """Accepted proposals of which nothing was made yet."""
        return [
            one
            for one in self.proposals
            if one.status is ProposalStatus.ACCEPTED and not one.has_activity
        ]

    @property
    def meeting(self) -> Meeting | None:
        """The meeting the window is prepared in: the next one, rather one with invitations.

        When none is to come, the latest that was held or invited to.
        """
        on = [one for one in self.meetings if one.status not in OFF]
        coming = [one for one in on if one.is_on]
        asked = [one for one in coming if self.invited_to(one)]
        past = [one for one in reversed(on) if one.status in GONE_OUT or self.invited_to(one)]
        return next(iter([*asked, *coming, *past, *on]), None)

    @property
    def call(self) -> Call | None:
        """The open call that closes first, else the latest."""
        last = self.calls[-1] if self.calls else None
        return next((one for one in self.calls if one.is_open), last)

    @property
    def reached(self) -> int:
        return sum(one.reached for one in self.planned)

    def invited_to(self, meeting: Meeting) -> int:
        return sum(self.answers.get(meeting.id, Counter()).values())


def standing(window: DayWindow) -> Standing:
    """Return the window as it stands, in eight statements however much it holds."""
    own = activities.of_window(window.id)
    return Standing(
        window=window,
        activities=own,
        meetings=_meetings(window),
        answers=_answers(window),
        calls=_calls(window),
        proposals=_proposals(window),
        numbers=numbers(window),
        clashing=clashes(own),
    )


def clashes(found: Sequence[JointActivity]) -> list[list[JointActivity]]:
    """Return groups of activities that take place at the same time.

    What goes on for half a day or longer, an exhibition for instance, clashes with nothing.
    """
    timed = sorted(_hours(found), key=lambda one: one[0])
    groups: list[list[JointActivity]] = []
    until = None
    for start, end, activity in timed:
        if until is not None and start < until:
            groups[-1].append(activity)
            until = max(until, end)
        else:
            groups.append([activity])
            until = end
    return [group for group in groups if len(group) > 1]


def _hours(
    found: Sequence[JointActivity],
) -> Iterator[tuple[datetime, datetime, JointActivity]]:
    for one in found:
        if one.starts_at is None or one.is_cancelled:
            continue
        end = one.ends_at or one.starts_at + WITHOUT_END
        if end - one.starts_at < ALL_DAY:
            yield one.starts_at, end, one


def _meetings(window: DayWindow) -> Sequence[Meeting]:
    return db.session.scalars(
        sa.select(Meeting)
        .where(Meeting.window_id == window.id)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def _answers(window: DayWindow) -> dict[int, Counter[RsvpAnswer]]:
    """Count the answers of each meeting's invitations that went out."""
    rows = db.session.execute(
        sa.select(Invitation.meeting_id, Invitation.answer, sa.func.count())
        .join(Invitation.meeting)
        .where(
            Meeting.window_id == window.id,
            Invitation.invited_at.is_not(None),
            stands(Invitation.organization_id),
        )
        .group_by(Invitation.meeting_id, Invitation.answer)
    )
    counted: dict[int, Counter[RsvpAnswer]] = defaultdict(Counter)
    for meeting, answer, number in rows:
        counted[meeting][answer] = number
    return counted


def _calls(window: DayWindow) -> Sequence[Call]:
    return db.session.scalars(
        sa.select(Call).where(Call.window_id == window.id).order_by(Call.closes_on, Call.id)
    ).all()


def _proposals(window: DayWindow) -> list[Made]:
    rows = db.session.execute(
        sa.select(
            Proposal.public_id,
            Proposal.title,
            Proposal.status,
            Proposal.call_id,
            Proposal.organization_id,
            Organization.name,
            JointActivity.id.is_not(None),
        )
        .select_from(Proposal)
        .join(Proposal.call)
        .join(Proposal.organization)
        .outerjoin(JointActivity, JointActivity.proposal_id == Proposal.id)
        .where(Call.window_id == window.id)
        .order_by(Proposal.decided_at, Proposal.id)
    )
    return [Made(*row) for row in rows]


def numbers(window: DayWindow) -> Numbers:
    """Count what came of a window, in one statement."""
    held = sa.select(Meeting.id).where(
        Meeting.window_id == window.id, Meeting.status.not_in([MeetingStatus.CANCELLED])
    )
    invited = sa.and_(
        Invitation.meeting_id.in_(held),
        Invitation.invited_at.is_not(None),
        stands(Invitation.organization_id),
    )
    came = sa.and_(
        Attendance.meeting_id.in_(held),
        Attendance.status.in_(CAME),
        stands(Attendance.organization_id),
    )
    row = db.session.execute(
        sa.select(
            _distinct(Invitation.organization_id, invited),
            _distinct(
                Invitation.organization_id, sa.and_(invited, Invitation.answer != RsvpAnswer.NONE)
            ),
            _distinct(Attendance.organization_id, came),
            sa.select(sa.func.coalesce(sa.func.sum(Attendance.people), 0))
            .where(came)
            .scalar_subquery(),
            sa.select(sa.func.count())
            .select_from(_taking_part(window, invited, came).subquery())
            .scalar_subquery(),
        )
    ).one()
    return Numbers(*(int(number) for number in row))


def _distinct(
    column: sa.ColumnElement[int] | sa.orm.InstrumentedAttribute[int],
    wanted: sa.ColumnElement[bool],
) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count(sa.distinct(column))).where(wanted).scalar_subquery()


def _taking_part(
    window: DayWindow, invited: sa.ColumnElement[bool], came: sa.ColumnElement[bool]
) -> sa.CompoundSelect[int]:
    """Organisations that said they come, came, proposed something, or do something together."""
    on = sa.and_(
        JointActivity.window_id == window.id, JointActivity.status != ActivityStatus.CANCELLED
    )
    return sa.union(
        sa.select(Invitation.organization_id).where(invited, Invitation.answer.in_(COMING)),
        sa.select(Attendance.organization_id).where(came),
        sa.select(Proposal.organization_id)
        .join(Proposal.call)
        .where(Call.window_id == window.id, Proposal.status.in_(COUNTED)),
        sa.select(JointActivity.lead_id).where(on, JointActivity.lead_id.is_not(None)),
        sa.select(ActivityPartner.organization_id).join(ActivityPartner.activity).where(on),
    )
