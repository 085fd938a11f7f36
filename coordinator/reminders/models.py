"""Letters that go out by themselves, so many days before something."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.database import Model
from coordinator.meetings.models import Meeting
from coordinator.records import Addressed, Versioned, coded
from coordinator.states import Shown


class Aim(Shown):
    """To whom a reminder goes, and of what it reminds them."""

    SILENT = "silent", _l("Those who have not answered")
    NAMES = "names", _l("Those who come and have not given the names")
    COMING = "coming", _l("Everybody who comes")


class Before(Shown):
    """From which day a reminder's days are counted back."""

    DEADLINE = "deadline", _l("the last day to answer")
    MEETING = "meeting", _l("the meeting")


class ReminderRule(Versioned, Addressed, Model):
    """One reminder of a meeting; its moment is worked out each time, so it moves along."""

    __tablename__ = "reminder_rule"

    meeting_id: Mapped[int] = mapped_column(
        sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    aim: Mapped[Aim] = mapped_column(coded(Aim, "aim"))
    days: Mapped[int] = mapped_column(default=1)
    before: Mapped[Before] = mapped_column(coded(Before, "before"))
    hour: Mapped[int] = mapped_column(default=10)
    """The full hour in Istanbul at which it goes out."""
    is_on: Mapped[bool] = mapped_column(default=True)
    done_for: Mapped[datetime | None]
    """The moment for which it has gone out; another moment makes it due again."""

    meeting: Mapped[Meeting] = relationship()

    __table_args__ = (
        sa.CheckConstraint("days between 0 and 60", name="days_in_bounds"),
        sa.CheckConstraint("hour between 8 and 19", name="hour_in_bounds"),
    )

    @property
    def name(self) -> str:
        """By what the audit speaks of it."""
        return f"{self.aim.word}, {self.meeting.title}"
