"""The meeting's tab of invitees: the sentence, the list, and how sending goes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator import clock
from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.i18n import language
from coordinator.invitations import operations, queries
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.forms import ListFilters
from coordinator.invitations.models import Delivery, RsvpAnswer
from coordinator.invitations.operations import Reminded
from coordinator.invitations.permissions import called_off, closed, names_closed
from coordinator.invitations.queries.areas import in_area
from coordinator.invitations.queries.lines import Line, lines, totals_of, touched_since
from coordinator.invitations.queries.planned import foresee
from coordinator.invitations.queries.to_call import explain
from coordinator.invitations.queries.unreached import cut_off, is_unreached
from coordinator.invitations.rows import rows_of, waiting_list
from coordinator.invitations.tally import Tally, tally_of
from coordinator.invitations.views.loading import meeting_or_404
from coordinator.meetings.models import Meeting
from coordinator.registry.queries import work_area_names

ENOUGH = 500
"""How many rows one page shows."""


@blueprint.get("/toplantilar/<public_id>/davetliler")
@requires(READERS)
def invitees(public_id: str) -> Any:
    meeting = meeting_or_404(public_id)
    filters = ListFilters.read(request.args)
    found = lines(meeting.id)
    foresee(meeting.id, found)
    explain(found)
    rows, cells = rows_of(found, filters, in_area(filters.alan))
    return render_template(
        "invitations/invitees.html",
        meeting=meeting,
        filters=filters,
        rows=rows[:ENOUGH],
        cells=cells,
        left_out=max(len(rows) - ENOUGH, 0),
        checked=sum(row.checked for row in rows),
        remindable=_may_remind(meeting) and any(row.can_remind for row in rows),
        waiting=[] if names_closed(meeting) else waiting_list(found),
        to_call=_unreached(meeting, found),
        unsent=sum(not line.invited for line in found),
        may_write=current_user.role in WRITERS,
        **_shown(meeting, found),
        **_options(),
    )


@blueprint.get("/toplantilar/<public_id>/davetliler/gonderim")
@requires(READERS)
def sending(public_id: str) -> Any:
    """How far sending has come, and the rows that changed since; asked every two seconds."""
    meeting = meeting_or_404(public_id)
    found = lines(meeting.id)
    touched = touched_since(meeting.id, _since(request.args.get("son", 0.0, float)))
    changed = [line for line in found if line.id in touched]
    explain(changed)
    shown = _shown(meeting, found)
    page = render_template(
        "invitations/_sending.html",
        meeting=meeting,
        changed=rows_of(changed, ListFilters(), None)[0],
        **shown,
    )
    answer = make_response(page)
    if not shown["tally"].still_open:
        # All have gone: the whole page once more, for the phone list and the buttons.
        answer.headers["HX-Refresh"] = "true"
    return answer


@blueprint.post("/toplantilar/<public_id>/davetliler/hatirlat")
@requires(WRITERS)
@commit_on_success
def remind(public_id: str) -> Any:
    meeting = meeting_or_404(public_id)
    wanted = set(request.form.getlist("k"))
    back = redirect(url_for(".invitees", public_id=public_id), 303)
    if not wanted:
        flash(_("Choose at least one organisation to remind."), "warning")
        return back
    chosen = [one for one in queries.of_meeting(meeting.id) if one.public_id in wanted]
    try:
        sent = operations.remind(
            meeting=meeting,
            invitations=chosen,
            anyway=bool(request.form.get("yine")),
            actor=Actor.account(current_user),
        )
    except RuleBroken as error:
        flash(str(error), "error")
        return back
    flash(*_reminded(sent))
    return back


def _reminded(sent: Reminded) -> tuple[str, str]:
    """Say how many are reminded, and how many wait for a day."""
    said = ngettext(
        "The reminder to one organisation is queued.",
        "The reminders to %(num)s organisations are queued.",
        sent.organizations,
    )
    waits = ngettext(
        "One organisation had a letter from us within a day and was left out. Tick “Also to those "
        "who had a letter within a day” to write to it now.",
        "%(num)s organisations had a letter from us within a day and were left out. Tick “Also to "
        "those who had a letter within a day” to write to them now.",
        sent.paused,
    )
    nobody = _("Nobody was reminded: they have answered, or were reminded today.")
    parts = [said if sent.organizations else "", waits if sent.paused else ""]
    return "\n".join(filter(None, parts)) or nobody, "success" if sent.organizations else "info"


def _unreached(meeting: Meeting, found: list[Line]) -> int:
    """Return how many stand on the phone list as not reached; nobody does when it is off."""
    if called_off(meeting) or not any(line.is_silent for line in found):
        return 0
    lost = cut_off(meeting.id)
    return sum(is_unreached(line, lost) for line in found)


def _may_remind(meeting: Meeting) -> bool:
    return current_user.role in WRITERS and not closed(meeting)


def _shown(meeting: Meeting, found: list[Line]) -> dict[str, Any]:
    tally: Tally = tally_of(meeting, totals_of(found), found)
    return {"tally": tally, "closed": closed(meeting), "moment": clock.now().timestamp()}


def _since(seconds: float) -> datetime:
    """The last look, and a little before it: a commit may come after its time stamp."""
    try:
        return datetime.fromtimestamp(seconds, UTC) - timedelta(seconds=5)
    except (OverflowError, ValueError, OSError):
        return clock.now()


def _options() -> dict[str, Any]:
    every = [("", _("All"))]
    return {
        "answers": every + [(one.value, str(one.word)) for one in RsvpAnswer],
        "deliveries": every + [(one.value, str(one.word)) for one in Delivery],
        "areas": every + work_area_names(language()),
    }
