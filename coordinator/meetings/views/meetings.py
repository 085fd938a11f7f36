"""The list of meetings, one meeting's page, and its state."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.days import queries as days
from coordinator.errors import RuleBroken
from coordinator.meetings import concerns, operations, outlook, parts, queries
from coordinator.meetings.blueprint import blueprint
from coordinator.meetings.forms import CancelForm
from coordinator.meetings.models import MOVES, STANDING, Meeting, MeetingStatus
from coordinator.meetings.plans import plan_of


def meeting_or_404(public_id: str) -> Meeting:
    """Return the meeting of an address."""
    meeting: Meeting = queries.find_meeting(public_id) or abort(404)
    return meeting


def to_page(meeting: Meeting) -> Any:
    return redirect(url_for("meetings.meeting", public_id=meeting.public_id), 303)


@blueprint.get("")
@requires(READERS)
def meetings() -> Any:
    """The meetings: those to come, and those that are over."""
    window = days.window_by_id(request.args.get("pencere", ""))
    status = next((s for s in MeetingStatus if s.value == request.args.get("durum")), None)
    page = request.args.get("page", 1, type=int)
    past = queries.past(min(max(page, 1), 10_000), window=window, status=status)
    return render_template(
        "meetings/list.html",
        coming=queries.coming(window=window, status=status),
        past=past,
        came=queries.attendance_counts([one.id for one in past.items]),
        windows=days.windows(),
        window=window,
        status=status,
        statuses=MeetingStatus,
        may_write=current_user.role in WRITERS,
    )


@blueprint.get("/<public_id>")
@requires(READERS)
def meeting(public_id: str) -> Any:
    """A meeting's summary."""
    meeting = meeting_or_404(public_id)
    plan = plan_of(meeting)
    may_write = current_user.role in WRITERS
    return render_template(
        "meetings/meeting.html",
        meeting=meeting,
        came=queries.attendance_count(meeting),
        parts=parts.shown(meeting),
        concerns=concerns.of_time(plan, meeting) if may_write and meeting.is_on else [],
        may_cancel=may_write and MeetingStatus.CANCELLED in MOVES[meeting.status],
        may_hold=may_write and meeting.has_begun and MeetingStatus.HELD in MOVES[meeting.status],
        may_edit=may_write and meeting.status in {*STANDING, MeetingStatus.HELD},
    )


@blueprint.route("/<public_id>/iptal", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def cancel(public_id: str) -> Any:
    """Call a meeting off, after saying what that will do."""
    meeting = meeting_or_404(public_id)
    form = CancelForm()
    if form.validate_on_submit():
        try:
            operations.cancel_meeting(
                meeting, reason=form.reason.data, actor=Actor.account(current_user)
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_("The meeting is cancelled."), "success")
            return to_page(meeting)
    told = outlook.of_cancelling(meeting) if meeting.status is MeetingStatus.INVITED else None
    page = render_template("meetings/cancel.html", form=form, meeting=meeting, told=told)
    return page, form.status


@blueprint.post("/<public_id>/yapildi")
@requires(WRITERS)
@commit_on_success
def hold(public_id: str) -> Any:
    """Note that a meeting took place."""
    meeting = meeting_or_404(public_id)
    operations.mark_held(meeting, actor=Actor.account(current_user))
    flash(_("The meeting is marked as held."), "success")
    return to_page(meeting)
