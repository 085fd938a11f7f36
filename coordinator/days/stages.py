"""The five stages of a window, as they are drawn on its path."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from coordinator.days.models import DayWindow
from coordinator.states import Shown


class StageKind(Shown):
    """What is done in a stage."""

    CALL = "call", _l("Call for proposals")
    MEETING = "meeting", _l("Preparation meeting")
    PROGRAMME = "programme", _l("Programme")
    DAY = "day", _l("The day itself")
    EVALUATION = "evaluation", _l("Evaluation")


class StageState(Shown):
    """How far a stage has come."""

    WAITING = "waiting", _l("Not started"), "ring", "slate"
    UNDER_WAY = "under_way", _l("Under way"), "half", "mor"
    DONE = "done", _l("Completed"), "tick", "green"
    LATE = "late", _l("Is late"), "triangle", "red"


@dataclass(frozen=True)
class Stage:
    """A stage with its first and last day."""

    kind: StageKind
    first: date
    last: date

    def by_date(self, today: date) -> StageState:
        """Return the state that the dates alone tell."""
        if today < self.first:
            return StageState.WAITING
        return StageState.UNDER_WAY if today <= self.last else StageState.DONE


def last_day(window: DayWindow) -> date:
    """Return the last day of the window's day: 10 December for 25 Kasım."""
    return window.starts_on + timedelta(days=window.length_days - 1)


def stages(window: DayWindow) -> list[Stage]:
    """Return the window's stages in the order of the path."""
    end = last_day(window)
    return [
        Stage(StageKind.CALL, window.call_from, window.call_until),
        Stage(StageKind.MEETING, window.meeting_around, window.meeting_around),
        Stage(StageKind.PROGRAMME, window.programme_from, window.programme_until),
        Stage(StageKind.DAY, window.starts_on, end),
        Stage(StageKind.EVALUATION, end + timedelta(days=1), window.evaluation_until),
    ]
