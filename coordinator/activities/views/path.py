"""The five stages of a window in words: dates, how far it has come, what is missing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator import clock
from coordinator.activities.models import ActivityStatus, JointActivity
from coordinator.activities.queries.windows import Standing
from coordinator.activities.views import words
from coordinator.days.models import DayWindow
from coordinator.days.stages import Stage, StageKind, StageState, stages
from coordinator.i18n import daymonth, suffix
from coordinator.invitations.models import RsvpAnswer
from coordinator.meetings.models import MeetingStatus
from coordinator.proposals.models import WAITING

READY = (ActivityStatus.APPROVED, ActivityStatus.RUNNING, ActivityStatus.DONE)
ENDED = (MeetingStatus.HELD, MeetingStatus.CLOSED)


@dataclass(frozen=True)
class Told:
    """A state in words of its own, with a shape."""

    word: str
    shape: str


@dataclass(frozen=True)
class ShownStage:
    """A stage as the path draws it."""

    name: str
    url: str
    dates: str
    state: Told
    detail: str = ""
    late: bool = False
    current: bool = False
    is_day: bool = False
    joins: bool = False


@dataclass(frozen=True)
class Path:
    """The stages, and where today stands on them."""

    stages: list[ShownStage]
    today_label: str | None
    today_share: float | None


def path_of(standing: Standing) -> Path:
    """Return the path of a window as it stands."""
    today = clock.today()
    dated = stages(standing.window)
    tell: dict[StageKind, Callable[[Standing, Stage, date], ShownStage]] = {
        StageKind.CALL: _call,
        StageKind.MEETING: _meeting,
        StageKind.PROGRAMME: _programme,
        StageKind.DAY: _day,
        StageKind.EVALUATION: _evaluation,
    }
    told = [tell[stage.kind](standing, stage, today) for stage in dated]
    now, share = _now(dated, today)
    shown = [replace(stage, current=number == now) for number, stage in enumerate(told)]
    label = _("Today, %(day)s", day=daymonth(today)) if now is not None else None
    return Path(shown, label, share)


def day_and_length(window: DayWindow) -> str:
    """25 Kasım ve 16 gün."""
    first = daymonth(window.starts_on)
    if window.length_days == 1:
        return first
    return str(
        ngettext(
            "%(day)s and %(num)s day", "%(day)s and %(num)s days", window.length_days, day=first
        )
    )


def missing_time(activities: list[JointActivity]) -> int:
    return sum(1 for one in activities if one.starts_at is None)


def missing_place(activities: list[JointActivity]) -> int:
    return sum(1 for one in activities if not one.place)


def uncounted(standing: Standing) -> list[JointActivity]:
    """Return what has taken place and of which nobody wrote down what came of it."""
    return [one for one in standing.planned if one.is_over and not one.is_counted]


def _now(dated: list[Stage], today: date) -> tuple[int | None, float | None]:
    """Return the stage that today falls into, and how much of it has passed."""
    if not dated[0].first <= today <= dated[-1].last:
        return None, None
    number = max(index for index, stage in enumerate(dated) if stage.first <= today)
    first = dated[number].first
    after = [stage.first for stage in dated[number + 1 :]]
    end = after[0] if after else dated[-1].last + timedelta(days=1)
    length = max((end - first).days, 1)
    return number, min((today - first).days / length, 1.0)


def _told(state: StageState, word: str | None = None) -> Told:
    return Told(word or str(state.word), state.shape)


def _call(standing: Standing, stage: Stage, today: date) -> ShownStage:
    call, name = standing.call, str(stage.kind.word)
    if call is None:
        dates = words.span(stage.first, stage.last)
        late = today > stage.last
        state = StageState.LATE if late else StageState.WAITING
        word = _("Not opened") if today >= stage.first else None
        return ShownStage(name, "#cagri", dates, _told(state, word), late=late)
    dates = words.span(call.opens_on, call.closes_on)
    number = len(standing.sent_in)
    if today < call.opens_on:
        return ShownStage(name, "#cagri", dates, _told(StageState.WAITING))
    if call.is_open:
        word = ngettext("Under way: %(num)s proposal", "Under way: %(num)s proposals", number)
        left = ngettext("Closes in %(num)s day", "Closes in %(num)s days", call.days_left)
        detail = left if call.days_left else _("Closes today")
        return ShownStage(name, "#cagri", dates, _told(StageState.UNDER_WAY, word), detail)
    word = ngettext("Completed: %(num)s proposal", "Completed: %(num)s proposals", number)
    open_ = sum(1 for one in standing.proposals if one.status in WAITING)
    detail = ngettext("%(num)s awaits an answer", "%(num)s await an answer", open_) if open_ else ""
    return ShownStage(name, "#cagri", dates, _told(StageState.DONE, word), detail)


def _meeting(standing: Standing, stage: Stage, today: date) -> ShownStage:
    meeting, name = standing.meeting, str(stage.kind.word)
    if meeting is None:
        late = today > stage.last
        dates = _("around %(day)s", day=daymonth(stage.first))
        state = _told(StageState.LATE if late else StageState.WAITING, _("Not planned"))
        return ShownStage(name, "#toplanti", dates, state, late=late, joins=True)
    invited = standing.invited_to(meeting)
    answered = invited - standing.answers[meeting.id][RsvpAnswer.NONE]
    detail = answered_words(answered, invited) if invited else _("Nobody is invited yet")
    state = Told(str(meeting.status.word), meeting.status.shape)
    dates = words.day_and_weekday(clock.local(meeting.starts_at).date())
    if meeting.status in ENDED and standing.numbers.came:
        detail = came_words(standing.numbers.came, standing.numbers.people_came)
    return ShownStage(name, "#toplanti", dates, state, detail, joins=True)


def answered_words(answered: int, invited: int) -> str:
    """30 kuruluştan 21’i yanıtladı."""
    return str(
        ngettext(
            "%(answered)s of %(num)s organisation answered",
            "%(answered)s of %(num)s organisations answered",
            invited,
            answered=suffix(answered, "poss"),
        )
    )


def came_words(organizations: int, people: int) -> str:
    """22 kuruluştan 31 kişi geldi."""
    return str(
        ngettext(
            "%(people)s people of %(num)s organisation came",
            "%(people)s people of %(num)s organisations came",
            organizations,
            people=people,
        )
    )


def _programme(standing: Standing, stage: Stage, today: date) -> ShownStage:
    name, own = str(stage.kind.word), standing.planned
    dates = words.span(stage.first, stage.last)
    over = today > stage.last
    if not own:
        word = _("No activity yet") if today >= stage.first else None
        state = _told(StageState.LATE if over else StageState.WAITING, word)
        return ShownStage(name, "#etkinlikler", dates, state, late=over)
    undated, unplaced = missing_time(own), missing_place(own)
    lacking = [
        ngettext("%(num)s date", "%(num)s dates", undated) if undated else "",
        ngettext("%(num)s place", "%(num)s places", unplaced) if unplaced else "",
    ]
    lacks = ", ".join(word for word in lacking if word)
    detail = _("%(what)s missing", what=lacks) if lacks else ""
    if not lacks and all(one.status in READY for one in own):
        word = ngettext("%(num)s activity is ready", "%(num)s activities are ready", len(own))
        return ShownStage(name, "#etkinlikler", dates, _told(StageState.DONE, word), detail)
    word = ngettext(
        "%(num)s activity is being prepared", "%(num)s activities are being prepared", len(own)
    )
    state = _told(StageState.UNDER_WAY, word)
    return ShownStage(name, "#etkinlikler", dates, state, detail, late=over and bool(lacks))


def _day(standing: Standing, stage: Stage, today: date) -> ShownStage:
    name = day_and_length(standing.window)
    state = stage.by_date(today)
    detail = ""
    if state is not StageState.WAITING:
        done = sum(1 for one in standing.planned if one.status is ActivityStatus.DONE)
        detail = _("%(done)s of %(all)s activities completed", done=done, all=len(standing.planned))
    dates = words.span(stage.first, stage.last)
    return ShownStage(name, "#etkinlikler", dates, _told(state), detail, is_day=True)


def _evaluation(standing: Standing, stage: Stage, today: date) -> ShownStage:
    left = len(uncounted(standing)) if today >= stage.first else 0
    detail = (
        ngettext(
            "The outcome of %(num)s activity is not written yet",
            "The outcome of %(num)s activities is not written yet",
            left,
        )
        if left
        else ""
    )
    late = bool(left) and today > stage.last
    state = StageState.LATE if late else stage.by_date(today)
    dates = words.span(stage.first, stage.last)
    return ShownStage(str(stage.kind.word), "#ne-oldu", dates, _told(state), detail, late=late)
