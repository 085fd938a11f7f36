"""A meeting's reminders as its page shows them: when each goes, to how many, and why not."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.meetings.models import Meeting
from coordinator.reminders import queries
from coordinator.reminders.audience import Audience, Crowd, Unwritten
from coordinator.reminders.forms import RuleForm
from coordinator.reminders.models import Aim, ReminderRule
from coordinator.reminders.moments import WINDOW, closed_for, moment_of, wanted_day
from coordinator.reminders.operations import by_clock, by_hand, hindrance, is_early
from coordinator.states import Shown

PURPOSES = {
    Aim.SILENT: _l("Asks once more for the answer, with the buttons of the invitation."),
    Aim.NAMES: _l("Asks for the names of those who come."),
    Aim.COMING: _l("Says the place, the way there, what was ordered for them, and the names."),
}


class Progress(Shown):
    """How far a reminder has come."""

    AHEAD = "ahead", _l("Will go out"), "clock", "slate"
    GOING = "going", _l("Goes out now"), "half", "mor"
    GONE = "gone", _l("Went out"), "tick", "green"
    OFF = "off", _l("Switched off"), "bar", "slate"
    OVER = "over", _l("Will not go out"), "bar", "slate"


@dataclass
class Card:
    """One reminder."""

    rule: ReminderRule
    moment: datetime
    wanted: date
    progress: Progress
    why_not: LazyString | None
    audience: Audience
    form: RuleForm
    unwritten: Unwritten | None = None
    """Who comes and is not written to; only where everybody who comes should be."""

    @property
    def is_early(self) -> bool:
        return is_early(self.rule)

    @property
    def goes_again(self) -> bool:
        """Does it still go out by itself, to those as well who get it by hand before?"""
        return self.progress is Progress.AHEAD

    @property
    def purpose(self) -> LazyString:
        return PURPOSES[self.rule.aim]

    @property
    def is_moved(self) -> bool:
        """Does it go out earlier, because the wanted day is no working day?"""
        return clock.local(self.moment).date() != self.wanted


def shown(meeting: Meeting, refused: RuleForm | None = None) -> list[Card]:
    """Return the meeting's reminders; `refused` keeps what was typed."""
    rules = queries.of_meeting(meeting.id)
    closed_days = closed_for((rule, meeting) for rule in rules)
    crowd = Crowd(meeting)
    found = []
    for rule in rules:
        moment = moment_of(rule, meeting, closed_days)
        progress = progress_of(rule, meeting, moment)
        round_ = by_clock(rule, moment) if progress is Progress.GOING else by_hand(rule)
        mine = refused is not None and refused.rule.public_id == rule.public_id
        found.append(
            Card(
                rule=rule,
                moment=moment,
                wanted=wanted_day(rule, meeting),
                progress=progress,
                why_not=hindrance(rule.aim, meeting),
                audience=crowd.audience(rule.aim, round_),
                unwritten=crowd.unwritten if rule.aim is Aim.COMING else None,
                form=refused if mine and refused else RuleForm(obj=rule, formdata=None),
            )
        )
    return found


def progress_of(rule: ReminderRule, meeting: Meeting, moment: datetime) -> Progress:
    if rule.done_for == moment:
        return Progress.GONE
    if not rule.is_on:
        return Progress.OFF
    if (
        hindrance(rule.aim, meeting)
        or clock.now() >= moment + WINDOW
        or moment >= meeting.starts_at
    ):
        return Progress.OVER
    return Progress.GOING if clock.now() >= moment else Progress.AHEAD
