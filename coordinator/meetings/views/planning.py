"""Plan a meeting, change it."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.days import queries as days
from coordinator.errors import RuleBroken
from coordinator.meetings import concerns, operations, outlook
from coordinator.meetings.blueprint import blueprint
from coordinator.meetings.forms import MeetingForm, WrittenMeeting, proposed
from coordinator.meetings.models import Meeting, MeetingStatus
from coordinator.meetings.views.meetings import meeting_or_404, to_page


@blueprint.route("/yeni", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new_meeting() -> Any:
    """Plan a meeting, of a window or of none."""
    window = days.window_by_id(request.args.get("pencere", ""))
    form = MeetingForm(obj=proposed(window))
    if form.validate_on_submit() & settled(form):
        try:
            meeting = operations.plan_meeting(
                form.plan,
                actor=Actor.account(current_user),
                owner=current_user._get_current_object(),
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_("The meeting is planned."), "success")
            return to_page(meeting)
    return show(form, None, url_for("meetings.meetings"))


@blueprint.route("/<public_id>/duzenle", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def edit(public_id: str) -> Any:
    """Change a meeting."""
    meeting = meeting_or_404(public_id)
    written = WrittenMeeting(meeting)
    form = MeetingForm(obj=written)
    if form.validate_on_submit() & settled(form, meeting):
        try:
            operations.edit_meeting(
                meeting,
                form.plan,
                version=form.opened_version,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, written)
        else:
            flash(_("The meeting is saved."), "success")
            return to_page(meeting)
    return show(form, meeting, url_for("meetings.meeting", public_id=public_id))


def settled(form: MeetingForm, meeting: Meeting | None = None) -> bool:
    """Show what speaks against the plan; True if nothing new does."""
    if not form.is_submitted() or not form.has_plan():
        return False
    plan = form.plan
    seen = form.heed(concerns.of_time(plan, meeting), concerns.of_deadline(plan))
    form.held_back = not seen and not form.errors
    return seen


def show(form: MeetingForm, meeting: Meeting | None, back: str) -> Any:
    """Render the form of a new or a stored meeting."""
    warned = meeting is not None and meeting.status is MeetingStatus.INVITED and meeting.is_on
    told = outlook.of_moving(meeting) if meeting is not None and warned else None
    page = render_template("meetings/form.html", form=form, meeting=meeting, back=back, told=told)
    return page, form.status
