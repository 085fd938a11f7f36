"""The page of a special day's window: where it stands, what is missing, what came of it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator import clock
from coordinator.access import READERS, WRITERS, requires
from coordinator.activities.queries import windows as queries
from coordinator.activities.queries.windows import Standing
from coordinator.activities.views import elsewhere, words
from coordinator.activities.views.blueprint import blueprint
from coordinator.activities.views.came_of_it import came_of_it
from coordinator.activities.views.lacks import lacks_of, of_activity
from coordinator.activities.views.path import path_of
from coordinator.days import calendar
from coordinator.days import queries as days
from coordinator.days.models import DayWindow
from coordinator.days.stages import StageState
from coordinator.i18n import language
from coordinator.invitations.models import RsvpAnswer
from coordinator.meetings.models import Meeting
from coordinator.proposals.models import Call, ProposalStatus

SHOWN_LACKS = 6
MOST_THREADS = 40
ORDER_OF_PROPOSALS = (
    ProposalStatus.ACCEPTED,
    ProposalStatus.MERGED,
    ProposalStatus.REALISED,
    ProposalStatus.REVIEW,
    ProposalStatus.SUBMITTED,
    ProposalStatus.MORE_INFO,
    ProposalStatus.REJECTED,
)
Part = tuple[int, str, str, str, str | None, bool]


@blueprint.get("/ozel-gunler/<int:year>/<day>")
@requires(READERS)
def window(year: int, day: str) -> Any:
    """The window of a day in a year, or where it can be opened."""
    found = find_window(year, day)
    if found is None:
        return not_open(year, day)
    if found.special_day.slug != day:
        return redirect(url_for("activities.window", year=year, day=found.special_day.slug))
    return show_window(found)


def find_window(year: int, slug: str) -> DayWindow | None:
    """Return the window of an address; addresses that no database can be asked for have none."""
    if not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR or not slug.isascii():
        abort(404)
    if not slug.replace("-", "").isalnum():
        abort(404)
    return days.find_window(year, slug)


def show_window(found: DayWindow) -> str:
    """Render the window's page; `hepsi=1` shows a long list of what is missing whole."""
    standing = queries.standing(found)
    lacks = lacks_of(standing)
    shown = lacks if request.args.get("hepsi") == "1" else lacks[:SHOWN_LACKS]
    clashing = {one.id for group in standing.clashing for one in group}
    return render_template(
        "activities/window.html",
        **titles(found),
        standing=standing,
        path=path_of(standing),
        threads=min(standing.numbers.taking_part, MOST_THREADS),
        lacks=shown,
        more_lacks=len(lacks) - len(shown),
        lacking={one.id: of_activity(one, clashing) for one in standing.activities},
        meeting=shown_meeting(standing),
        call=shown_call(standing),
        came_of_it=came_of_it(standing),
        report=report(),
        may_write=current_user.role in WRITERS,
        elsewhere=elsewhere,
    )


def titles(found: DayWindow) -> dict[str, Any]:
    """Return how a window is named on its pages."""
    bare = name = found.special_day.name(language())
    if found.length_days > 1:
        name = _("%(name)s and %(num)s days", name=name, num=found.length_days)
    return {
        "window": found,
        "day_title": words.full_date(found.starts_on),
        "day_name": name,
        "bare_name": bare,
        "days_left": (found.starts_on - clock.today()).days,
    }


def not_open(year: int, slug: str) -> Any:
    """Show a day whose window was not opened for that year."""
    day = days.find_day(slug)
    if day is None:
        abort(404)
    whole = day.part_of or day
    first = calendar.occurrence(whole, year)
    return render_template(
        "activities/not_open.html",
        day_title=words.full_date(first),
        day_name=whole.name(language()),
        days_left=(first - clock.today()).days,
        year=year,
        slug=whole.slug,
        length_days=whole.length_days,
        may_write=current_user.role in WRITERS,
    )


@dataclass(frozen=True)
class ShownMeeting:
    """The preparation meeting's card."""

    meeting: Meeting
    parts: list[Part]
    others: list[Meeting]


def shown_meeting(standing: Standing) -> ShownMeeting | None:
    """Return the card of the preparation meeting, None without one."""
    if standing.meeting is None:
        return None
    counted = standing.answers.get(standing.meeting.id, Counter())
    parts: list[Part] = [
        (
            counted[answer],
            words.small(answer.word),
            answer.shape,
            answer.tone,
            elsewhere.invitees(standing.meeting, answer.value),
            answer is RsvpAnswer.NONE,
        )
        for answer in RsvpAnswer
    ]
    others = [one for one in standing.meetings if one is not standing.meeting]
    return ShownMeeting(standing.meeting, parts, others)


@dataclass(frozen=True)
class ShownCall:
    """The call's card."""

    call: Call
    parts: list[Part]
    organizations: int
    proposals: int
    others: list[Call]

    @property
    def state(self) -> StageState:
        if self.call.is_over:
            return StageState.DONE
        return StageState.UNDER_WAY if self.call.is_open else StageState.WAITING


def shown_call(standing: Standing) -> ShownCall | None:
    """Return the card of the call, None without one."""
    call = standing.call
    if call is None:
        return None
    own = [one for one in standing.sent_in if one.call_id == call.id]
    parts: list[Part] = [
        (
            sum(1 for one in own if one.status is status),
            words.small(status.word),
            status.shape,
            status.tone,
            elsewhere.proposals(call, status),
            False,
        )
        for status in ORDER_OF_PROPOSALS
    ]
    others = [one for one in standing.calls if one is not call]
    return ShownCall(call, parts, len({one.organization_id for one in own}), len(own), others)


def report() -> str | None:
    """Return where the report over the windows is, once there is one."""
    there = "reports.windows" in current_app.view_functions
    return url_for("reports.windows") if there else None
