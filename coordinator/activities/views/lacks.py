"""What is late or missing in a window, each with the one button that mends it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from coordinator import clock
from coordinator.activities.models import ActivityTask, JointActivity
from coordinator.activities.queries.windows import Standing
from coordinator.activities.views import elsewhere, words
from coordinator.activities.views.path import uncounted
from coordinator.days.stages import stages
from coordinator.i18n import clock_time, day_short, daymonth
from coordinator.meetings.models import MeetingStatus

LATE = ("triangle", "red")
MISSING = ("diamond", "amber")


@dataclass(frozen=True)
class Lack:
    """Something late (red) or missing (amber)."""

    shape: str
    tone: str
    title: str
    text: Markup | str
    url: str
    button: str
    target: str
    is_post: bool = False
    """Does the button do the deed itself?"""


def lacks_of(standing: Standing) -> list[Lack]:
    """Return what is late first, then what is missing, in the order of the work."""
    sources = (_tasks, _call, _meeting, _proposals, _unplanned, _clashes, _outcomes)
    found = [lack for source in sources for lack in source(standing)]
    return sorted(found, key=lambda lack: lack.tone != "red")


def of_activity(activity: JointActivity, clashing: Iterable[int]) -> list[str]:
    """Return the words for what one activity lacks: day, place, another hour, late tasks."""
    if activity.is_cancelled:
        return []
    lacking = []
    if activity.starts_at is None:
        lacking.append(_("day"))
    if not activity.place:
        lacking.append(_("place"))
    if activity.id in clashing:
        lacking.append(_("same hour as another"))
    late = sum(1 for task in activity.tasks if task.is_late)
    if late:
        lacking.append(ngettext("%(num)s late task", "%(num)s late tasks", late))
    return lacking


def _tasks(standing: Standing) -> Iterator[Lack]:
    late = [task for one in standing.planned for task in one.tasks if task.is_late]
    for task in sorted(late, key=lambda one: (one.due_on or clock.today(), one.id)):
        activity = task.activity
        yield Lack(
            *LATE,
            title=task.title,
            text=late_words(task),
            url=url_for("activities.show", public_id=activity.public_id) + "#isler",
            button=_("Complete"),
            target=url_for(
                "activities.tick_task", public_id=activity.public_id, task_id=task.public_id
            ),
            is_post=True,
        )


def late_words(task: ActivityTask) -> Markup:
    """4 gün gecikti, son gün 30 Ekim. Sorumlu: Etkinlik birimi. Işıkla yürüyoruz."""
    due = task.due_on or clock.today()
    rest = _(
        "last day %(day)s. Responsible: %(who)s. %(activity)s",
        day=daymonth(due),
        who=responsible(task),
        activity=task.activity.title,
    )
    return Markup('<strong class="p-late">{}</strong>, {}').format(late_days(task), rest)


def late_days(task: ActivityTask) -> str:
    """4 gün gecikti."""
    days = (clock.today() - task.due_on).days if task.due_on else 0
    return str(ngettext("%(num)s day late", "%(num)s days late", days))


def responsible(task: ActivityTask) -> str:
    """Return who does a task: the organisation, the unit or person, or both."""
    organization = task.responsible_org.name if task.responsible_org else ""
    names = [name for name in (organization, task.responsible_name) if name]
    return ", ".join(names)


def _call(standing: Standing) -> Iterator[Lack]:
    stage = stages(standing.window)[0]
    if standing.calls or clock.today() < stage.first:
        return
    text = _("The call was to run until %(day)s.", day=daymonth(stage.last))
    if clock.today() <= stage.last:
        text = _("The call is to run until %(day)s.", day=daymonth(stage.last))
    target = elsewhere.new_call(standing.window)
    shape = LATE if clock.today() > stage.last else MISSING
    yield Lack(*shape, _("No call is opened"), text, target, _("Open a call"), target)


def _meeting(standing: Standing) -> Iterator[Lack]:
    stage = stages(standing.window)[1]
    meeting = standing.meeting
    if meeting is None:
        if clock.today() < standing.window.call_from:
            return
        text = _("It should be around %(day)s.", day=daymonth(stage.first))
        target = elsewhere.new_meeting(standing.window)
        shape = LATE if clock.today() > stage.last else MISSING
        title = _("No preparation meeting is planned")
        yield Lack(*shape, title, text, target, _("Plan a meeting"), target)
    elif meeting.status is MeetingStatus.PLANNED and not standing.invited_to(meeting):
        shown = elsewhere.meeting(meeting)
        text = _("%(title)s, %(day)s", title=meeting.title, day=day_short(meeting.starts_at))
        target = elsewhere.invitees(meeting)
        title = _("Nobody is invited to the meeting yet")
        yield Lack(*MISSING, title, text, shown, _("Choose who is invited"), target)


def _proposals(standing: Standing) -> Iterator[Lack]:
    for one in standing.waiting_for_activity:
        text = _(
            "%(organization)s. Accepted, but not an activity yet.", organization=one.organization
        )
        target = url_for("activities.new", oneri=one.public_id)
        shown = elsewhere.proposal(one.public_id)
        yield Lack(*MISSING, one.title, text, shown, _("Make it an activity"), target)


def _unplanned(standing: Standing) -> Iterator[Lack]:
    over = clock.today() > stages(standing.window)[2].last
    for one in standing.planned:
        if one.starts_at is not None and one.place:
            continue
        if one.starts_at is None and not one.place:
            text, button = _("Neither day nor place is set."), _("Write day and place")
        elif one.starts_at is None:
            text, button = _("The day is not set yet"), _("Write the day")
        else:
            text, button = _("The place is not set yet"), _("Write the place")
        shown = url_for("activities.show", public_id=one.public_id)
        target = url_for("activities.edit", public_id=one.public_id)
        yield Lack(*(LATE if over else MISSING), one.title, text, shown, button, target)


def _clashes(standing: Standing) -> Iterator[Lack]:
    for group in standing.clashing:
        names = words.listed([_("“%(title)s”", title=one.title) for one in group])
        start = group[0].starts_at or clock.now()
        first = f"{daymonth(start)} {clock_time(start)}"
        title = ngettext(
            "%(num)s activity at the same hour", "%(num)s activities at the same hour", len(group)
        )
        text = escape(_("%(when)s: %(names)s.", when=first, names=names))
        target = url_for(
            "activities.index",
            pencere=standing.window.public_id,
            gun=clock.local(start).date().isoformat(),
        )
        yield Lack(*MISSING, title, text, target, _("Compare"), target)


def _outcomes(standing: Standing) -> Iterator[Lack]:
    for one in uncounted(standing):
        shown = url_for("activities.show", public_id=one.public_id)
        target = url_for("activities.outcome", public_id=one.public_id)
        text = _("It has taken place. How many people did it reach?")
        yield Lack(*MISSING, one.title, text, shown, _("Write the outcome"), target)
