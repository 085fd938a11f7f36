"""Joint activities, their partners and tasks."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from coordinator import clock, turkish
from coordinator.database import Model
from coordinator.days.models import DayWindow
from coordinator.proposals.models import Proposal
from coordinator.records import Addressed, Record, Versioned, coded
from coordinator.registry.models import District, Organization
from coordinator.states import Shown


class ActivityType(Shown):
    """What kind of activity it is."""

    MARCH = "march", _l("March")
    PANEL = "panel", _l("Panel")
    TALK = "talk", _l("Talk")
    SYMPOSIUM = "symposium", _l("Symposium")
    WORKSHOP = "workshop", _l("Hands-on workshop")
    TRAINING = "training", _l("Training")
    FILM = "film", _l("Film screening")
    THEATRE = "theatre", _l("Theatre")
    CONCERT = "concert", _l("Concert")
    EXHIBITION = "exhibition", _l("Exhibition")
    STAND = "stand", _l("Stand")
    CAMPAIGN = "campaign", _l("Campaign / visibility")
    SURVEY = "survey", _l("Survey")
    SPORT = "sport", _l("Sports event")
    MARKET = "market", _l("Women producers' market")
    VISIT = "visit", _l("Visit")
    PRESS = "press", _l("Press statement")
    LIGHTING = "lighting", _l("Orange lighting")
    PUBLICATION = "publication", _l("Publication")
    OTHER = "other", _l("Other")


class ActivityStatus(Shown):
    """How far an activity has come."""

    IDEA = "idea", _l("Idea"), "dashed", "slate"
    PLANNED = "planned", _l("Planned"), "ring", "mor"
    APPROVAL = "approval", _l("Awaiting approval"), "clock", "amber"
    APPROVED = "approved", _l("Approved"), "tick", "green"
    RUNNING = "running", _l("Under way"), "half", "mor"
    DONE = "done", _l("Completed"), "flag", "green"
    CANCELLED = "cancelled", _l("Called off"), "cross", "slate"


MOVES: dict[ActivityStatus, tuple[ActivityStatus, ...]] = {
    ActivityStatus.IDEA: (ActivityStatus.PLANNED,),
    ActivityStatus.PLANNED: (
        ActivityStatus.APPROVAL,
        ActivityStatus.APPROVED,
        ActivityStatus.RUNNING,
        ActivityStatus.DONE,
        ActivityStatus.IDEA,
    ),
    ActivityStatus.APPROVAL: (ActivityStatus.APPROVED, ActivityStatus.PLANNED),
    ActivityStatus.APPROVED: (
        ActivityStatus.RUNNING,
        ActivityStatus.DONE,
        ActivityStatus.PLANNED,
    ),
    ActivityStatus.RUNNING: (ActivityStatus.DONE,),
    ActivityStatus.DONE: (ActivityStatus.RUNNING,),
    ActivityStatus.CANCELLED: (ActivityStatus.PLANNED,),
}
"""Where an activity may go from each state, the usual one first; cancelling stands beside it."""

CANCELLABLE = frozenset(ActivityStatus) - {ActivityStatus.DONE, ActivityStatus.CANCELLED}


class PartnerRole(Shown):
    """What an organisation does in an activity beside the lead."""

    PARTNER = "partner", _l("Partner")
    SUPPORTER = "supporter", _l("Supporter")
    SPEAKER = "speaker", _l("Speaker")
    VENUE = "venue", _l("Gives the venue")


class TaskStatus(Shown):
    """How far a task has come; late is derived from its date."""

    OPEN = "open", _l("Open"), "ring", "mor"
    DOING = "doing", _l("Under way"), "half", "mor"
    DONE = "done", _l("Completed"), "tick", "green"
    DROPPED = "dropped", _l("Dropped"), "bar", "slate"


OPEN_TASKS = (TaskStatus.OPEN, TaskStatus.DOING)


class JointActivity(Versioned, Addressed, Model):
    """Something that organisations and the branch do together around a special day.

    Without a lead organisation the branch itself leads.
    """

    __tablename__ = "joint_activity"

    window_id: Mapped[int] = mapped_column(sa.ForeignKey("day_window.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    activity_type: Mapped[ActivityType] = mapped_column(coded(ActivityType, "activity_type"))
    status: Mapped[ActivityStatus] = mapped_column(
        coded(ActivityStatus, "status"), default=ActivityStatus.IDEA
    )
    starts_at: Mapped[datetime | None] = mapped_column(index=True)
    ends_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    district_id: Mapped[int | None] = mapped_column(sa.ForeignKey("district.id"))
    access_services: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    is_public: Mapped[bool] = mapped_column(default=False)
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    lead_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"), unique=True)
    expected: Mapped[int | None]
    reached_women: Mapped[int | None]
    reached_men: Mapped[int | None]
    reached_children: Mapped[int | None]
    outcome_note: Mapped[str] = mapped_column(sa.Text, default="")
    search_key: Mapped[str] = mapped_column(sa.Text, default="")

    window: Mapped[DayWindow] = relationship()
    district: Mapped[District | None] = relationship()
    lead: Mapped[Organization | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship()
    partners: Mapped[list["ActivityPartner"]] = relationship(
        back_populates="activity", order_by="ActivityPartner.id", cascade="all, delete-orphan"
    )
    tasks: Mapped[list["ActivityTask"]] = relationship(
        back_populates="activity",
        order_by="(ActivityTask.due_on, ActivityTask.id)",
        cascade="all, delete-orphan",
    )

    __table_args__ = (
        sa.CheckConstraint(
            "ends_at is null or (starts_at is not null and ends_at > starts_at)",
            name="ends_after_start",
        ),
    )

    @validates("title", "place")
    def _follow_words(self, attribute: str, value: str) -> str:
        title = value if attribute == "title" else self.title or ""
        place = value if attribute == "place" else self.place or ""
        self.search_key = turkish.search_key(f"{title} {place}")
        return value

    @property
    def is_cancelled(self) -> bool:
        return self.status is ActivityStatus.CANCELLED

    @property
    def stands_in_programme(self) -> bool:
        """May everybody read it on the public programme?"""
        return self.is_public and self.starts_at is not None and not self.is_cancelled

    @property
    def is_over(self) -> bool:
        last = self.ends_at or self.starts_at
        return last is not None and last < clock.now()

    @property
    def is_counted(self) -> bool:
        """Did somebody write down how many people it reached?"""
        counts = (self.reached_women, self.reached_men, self.reached_children)
        return any(count is not None for count in counts)

    @property
    def reached(self) -> int:
        """How many people it reached, as far as they were counted."""
        return sum(
            count or 0 for count in (self.reached_women, self.reached_men, self.reached_children)
        )


class ActivityPartner(Versioned, Record, Model):
    """An organisation that takes part in an activity, and how."""

    __tablename__ = "activity_partner"

    activity_id: Mapped[int] = mapped_column(sa.ForeignKey("joint_activity.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"), index=True)
    role: Mapped[PartnerRole] = mapped_column(coded(PartnerRole, "role"))
    contribution: Mapped[str] = mapped_column(sa.String(300), default="")

    activity: Mapped[JointActivity] = relationship(back_populates="partners")
    organization: Mapped[Organization] = relationship()

    __table_args__ = (sa.UniqueConstraint("activity_id", "organization_id"),)


class ActivityTask(Versioned, Addressed, Model):
    """Something to be done for an activity: what, who, until when."""

    __tablename__ = "activity_task"

    activity_id: Mapped[int] = mapped_column(
        sa.ForeignKey("joint_activity.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(sa.String(200))
    responsible_org_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organization.id"), index=True
    )
    responsible_name: Mapped[str] = mapped_column(sa.String(200), default="")
    due_on: Mapped[date | None]
    status: Mapped[TaskStatus] = mapped_column(coded(TaskStatus, "status"), default=TaskStatus.OPEN)
    done_at: Mapped[datetime | None]

    activity: Mapped[JointActivity] = relationship(back_populates="tasks")
    responsible_org: Mapped[Organization | None] = relationship()

    @property
    def is_late(self) -> bool:
        return self.status in OPEN_TASKS and self.due_on is not None and self.due_on < clock.today()
