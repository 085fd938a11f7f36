"""Tick off who came."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.meetings import expected, operations, queries
from coordinator.meetings.blueprint import blueprint
from coordinator.meetings.forms import AttendanceForm, Row
from coordinator.meetings.forms.attendance import choices, noted_row, posted_organizations
from coordinator.meetings.models import AttendanceStatus, Meeting, MeetingStatus
from coordinator.meetings.views.meetings import meeting_or_404
from coordinator.registry import listing

MOST_FOUND = 10


@blueprint.get("/<public_id>/yoklama")
@requires(READERS)
def attendance(public_id: str) -> Any:
    """Who came, and for those who write the form to tick them off."""
    meeting = meeting_or_404(public_id)
    return show(meeting, _form(meeting))


@blueprint.post("/<public_id>/yoklama")
@requires(WRITERS)
@commit_on_success
def take_attendance(public_id: str) -> Any:
    """Save what was ticked off; or look for an organisation, keeping what was ticked."""
    meeting = meeting_or_404(public_id)
    form = _form(meeting)
    sound = form.validate_on_submit() and form.rows_are_sound
    looking = request.form.get("add") or (request.form.get("do") == "search" and form.search.data)
    if not sound or looking:
        return show(meeting, form, found=_found(form) if sound else [])
    try:
        operations.take_attendance(meeting, form.marks, actor=Actor.account(current_user))
    except RuleBroken as error:
        form.refuse(error)
        return show(meeting, form)
    flash(_("The attendance is saved."), "success")
    return redirect(url_for("meetings.attendance", public_id=public_id), 303)


def show(meeting: Meeting, form: AttendanceForm, found: Any = ()) -> Any:
    """Render the rows with the totals of what is stored."""
    faulty = [row for row in form.rows if row.error]
    page = render_template(
        "meetings/attendance.html",
        meeting=meeting,
        form=form,
        faulty=faulty,
        found=found,
        count=queries.attendance_count(meeting),
        statuses=AttendanceStatus,
        may_write=current_user.role in WRITERS
        and meeting.status not in {MeetingStatus.CANCELLED, MeetingStatus.POSTPONED},
    )
    return page, 422 if faulty else form.status


def _form(meeting: Meeting) -> AttendanceForm:
    """Return the form over those expected, those noted and those whose rows were posted."""
    noted = queries.attendance(meeting)
    rows = {
        one.organization.id: Row(one.organization, expected=one) for one in expected.at(meeting)
    }
    for note in noted.values():
        rows.setdefault(note.organization_id, Row(note.organization))
    posted = queries.organizations_by_public_id(list(posted_organizations()))
    for organization in posted.values():
        rows.setdefault(organization.id, Row(organization))
    for row in rows.values():
        noted_row(row, noted.get(row.organization.id))
        row.choices = choices(meeting, row)
        if row.key == request.form.get("add"):
            row.status, row.people = AttendanceStatus.PRESENT, "1"
    form = AttendanceForm()
    form.fill(list(rows.values()))
    return form


def _found(form: AttendanceForm) -> Any:
    """Return organisations that match the search and have no row yet."""
    if request.form.get("add") or not form.search.data:
        return []
    there = {row.organization.id for row in form.rows}
    query = listing.choose(listing.Filters(ara=form.search.data)).limit(MOST_FOUND + len(there))
    matching = [one for one in db.session.scalars(query) if one.id not in there]
    return matching[:MOST_FOUND]
