"""Meetings, agenda items and attendance."""

from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator import clock
from coordinator.accounts.models import User
from coordinator.database import Model
from coordinator.days.models import DayWindow
from coordinator.records import Addressed, Record, Versioned, coded
from coordinator.registry.models import Organization
from coordinator.states import Shown


class MeetingType(Shown):
    """What a meeting is for."""

    STAKEHOLDER = "stakeholder", _l("NGO meeting")
    INTERNAL = "internal", _l("Internal stakeholder meeting")
    EXTERNAL = "external", _l("External stakeholder meeting")
    PREP = "prep", _l("Special day preparation meeting")
    MONITORING = "monitoring", _l("Action plan monitoring meeting")
    WORKING_GROUP = "working_group", _l("Working group")
    BILATERAL = "bilateral", _l("Bilateral meeting")
    WORKSHOP = "workshop", _l("Workshop")


class Mode(Shown):
    """Where people meet."""

    IN_PERSON = "in_person", _l("In person")
    ONLINE = "online", _l("Online")
    HYBRID = "hybrid", _l("Hybrid")


class MeetingStatus(Shown):
    """How far a meeting has come."""

    DRAFT = "draft", _l("Draft"), "dashed", "slate"
    PLANNED = "planned", _l("Planned"), "ring", "mor"
    INVITED = "invited", _l("Invitations sent"), "plane", "mor"
    HELD = "held", _l("Held"), "flag", "green"
    POSTPONED = "postponed", _l("Postponed"), "clock", "amber"
    CANCELLED = "cancelled", _l("Was cancelled"), "cross", "slate"
    CLOSED = "closed", _l("Minutes final"), "lock", "slate"


MOVES: dict[MeetingStatus, frozenset[MeetingStatus]] = {
    MeetingStatus.DRAFT: frozenset({MeetingStatus.PLANNED, MeetingStatus.CANCELLED}),
    MeetingStatus.PLANNED: frozenset(
        {MeetingStatus.INVITED, MeetingStatus.HELD, MeetingStatus.CANCELLED}
    ),
    MeetingStatus.INVITED: frozenset({MeetingStatus.HELD, MeetingStatus.CANCELLED}),
    MeetingStatus.POSTPONED: frozenset({MeetingStatus.PLANNED, MeetingStatus.CANCELLED}),
    MeetingStatus.HELD: frozenset({MeetingStatus.CLOSED}),
    MeetingStatus.CANCELLED: frozenset(),
    MeetingStatus.CLOSED: frozenset(),
}


class AttendanceStatus(Shown):
    """Whether an organisation came."""

    PRESENT = "present", _l("Came"), "tick", "green"
    ONLINE = "online", _l("Came online"), "screen", "green"
    EXCUSED = "excused", _l("Excused"), "bar", "slate"
    ABSENT = "absent", _l("Did not come"), "cross", "slate"


CAME = frozenset({AttendanceStatus.PRESENT, AttendanceStatus.ONLINE})
STANDING = frozenset({MeetingStatus.DRAFT, MeetingStatus.PLANNED, MeetingStatus.INVITED})
"""Statuses of meetings that are to take place."""


class Meeting(Versioned, Addressed, Model):
    """A meeting to which organisations are invited."""

    __tablename__ = "meeting"

    title: Mapped[str] = mapped_column(sa.String(200))
    meeting_type: Mapped[MeetingType] = mapped_column(coded(MeetingType, "meeting_type"))
    mode: Mapped[Mode] = mapped_column(coded(Mode, "mode"), default=Mode.IN_PERSON)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    address: Mapped[str] = mapped_column(sa.String(300), default="")
    online_url: Mapped[str] = mapped_column(sa.String(500), default="")
    directions: Mapped[str] = mapped_column(sa.String(1000), default="")
    """How people get there: bus, stop, door, lift."""
    purpose: Mapped[str] = mapped_column(sa.Text, default="")
    rsvp_deadline: Mapped[date]
    max_per_org: Mapped[int] = mapped_column(default=2)
    capacity: Mapped[int | None]
    status: Mapped[MeetingStatus] = mapped_column(
        coded(MeetingStatus, "status"), default=MeetingStatus.PLANNED
    )
    cancel_reason: Mapped[str] = mapped_column(sa.String(500), default="")
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    window_id: Mapped[int | None] = mapped_column(sa.ForeignKey("day_window.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))

    window: Mapped[DayWindow | None] = relationship()
    owner: Mapped[User | None] = relationship()
    agenda: Mapped[list["AgendaItem"]] = relationship(
        back_populates="meeting", order_by="AgendaItem.order_no", cascade="all, delete-orphan"
    )

    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint("max_per_org between 1 and 50", name="people_per_organization"),
    )

    @property
    def has_begun(self) -> bool:
        return clock.now() >= self.starts_at

    @property
    def is_on(self) -> bool:
        """Is the meeting neither cancelled nor postponed nor over?"""
        return (
            self.status in {MeetingStatus.PLANNED, MeetingStatus.INVITED}
            and clock.now() < self.ends_at
        )


class AgendaItem(Record, Model):
    """One item of a meeting's agenda."""

    __tablename__ = "agenda_item"

    meeting_id: Mapped[int] = mapped_column(
        sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    order_no: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(300))

    meeting: Mapped[Meeting] = relationship(back_populates="agenda")


class Attendance(Record, Model):
    """Whether an organisation came to a meeting, and with how many people."""

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"), index=True)
    status: Mapped[AttendanceStatus] = mapped_column(coded(AttendanceStatus, "status"))
    people: Mapped[int] = mapped_column(default=0)

    organization: Mapped[Organization] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "organization_id"),
        sa.CheckConstraint("people >= 0", name="people_not_negative"),
    )
