"""The first page of the branch."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator import clock
from coordinator.access import WRITERS
from coordinator.activities.queries import activities, windows
from coordinator.activities.views import lacks
from coordinator.activities.views.path import path_of
from coordinator.activities.views.window import MOST_THREADS, titles
from coordinator.dashboard import queries
from coordinator.dashboard.views.rows import Dated, days_left
from coordinator.dashboard.views.waiting import rows_waiting
from coordinator.days import queries as days

NEXT_DAYS = 4


def page() -> Any:
    """Show what is next, what waits, what is late, what was not delivered."""
    may_write = current_user.role in WRITERS
    waiting = list(rows_waiting()) if may_write else []
    late = activities.late_tasks(limit=queries.SHOWN)
    failed, letters = queries.undelivered()
    next_days = days.next_days(NEXT_DAYS)
    return render_template(
        "dashboard/staff.html",
        summary=_summary(len(waiting), activities.count_late_tasks() if late else 0, failed),
        panel=_panel(),
        waiting=waiting,
        late=[(task, lacks.late_words(task), lacks.responsible(task)) for task in late],
        undelivered=failed,
        letters=letters,
        coming=_coming(),
        next_days=next_days,
        may_write=may_write,
        today_day=clock.today(),
    )


def _panel() -> dict[str, Any] | None:
    """Return the window that comes next, as its panel draws it."""
    window = days.next_window()
    if window is None:
        return None
    standing = windows.standing(window)
    return {
        **titles(window),
        "path": path_of(standing),
        "threads": min(standing.numbers.taking_part, MOST_THREADS),
        "url": url_for("activities.window", year=window.year, day=window.special_day.slug),
    }


def _summary(waiting: int, late: int, failed: int) -> str:
    """Return the day in one sentence."""
    parts = []
    if waiting:
        parts.append(
            ngettext("%(num)s thing waits for you", "%(num)s things wait for you", waiting)
        )
    if late:
        parts.append(ngettext("%(num)s task is late", "%(num)s tasks are late", late))
    if failed:
        parts.append(
            ngettext(
                "%(num)s letter was not delivered", "%(num)s letters were not delivered", failed
            )
        )
    if not parts:
        return _("Nothing waits for you today.")
    return _("Today %(list)s.", list=", ".join(parts))


def _coming() -> list[Dated]:
    """Return the next two weeks in the order of the days."""
    found = []
    for meeting in queries.coming_meetings():
        url = url_for("meetings.meeting", public_id=meeting.public_id)
        if meeting.rsvp_deadline >= clock.today():
            found.append(
                Dated(
                    meeting.rsvp_deadline,
                    _("Last day to answer: %(title)s", title=meeting.title),
                    url,
                    days_left(meeting.rsvp_deadline),
                )
            )
        on = clock.local(meeting.starts_at).date()
        found.append(Dated(on, meeting.title, url, days_left(on)))
    for call in queries.closing_calls():
        found.append(
            Dated(
                call.closes_on,
                _("The call closes: %(title)s", title=call.title),
                url_for("proposals.call", public_id=call.public_id),
                days_left(call.closes_on),
            )
        )
    for task in queries.coming_tasks():
        if task.due_on is not None:
            found.append(
                Dated(
                    task.due_on,
                    task.title,
                    url_for("activities.show", public_id=task.activity.public_id),
                    lacks.responsible(task) or days_left(task.due_on),
                )
            )
    return sorted(found, key=lambda one: one.on)[: queries.SHOWN + 2]
