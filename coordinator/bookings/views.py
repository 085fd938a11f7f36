"""The tab of a meeting's services, and one service."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.bookings import operations, queries, words
from coordinator.bookings.forms import MoveForm, ServiceForm, TypedService
from coordinator.bookings.models import BookingState
from coordinator.bookings.services import Service, amount
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.invitations.models import AccessNeed
from coordinator.meetings.models import Meeting
from coordinator.meetings.queries import find_meeting

blueprint = Blueprint(
    "bookings",
    __name__,
    template_folder="templates",
    url_prefix="/toplantilar/<public_id>/hizmetler",
)
NEXT = {
    BookingState.TO_ORDER: BookingState.ORDERED,
    BookingState.ORDERED: BookingState.CONFIRMED,
}
"""Where the button of a row leads."""


@blueprint.app_template_global("service_amount")
def service_amount(service: Service, count: int) -> str:
    return amount(service.need, count)


@blueprint.get("")
@requires(READERS)
def services(public_id: str) -> Any:
    """What the answers need, and how far the orders have come."""
    meeting = _meeting_or_404(public_id)
    found = queries.services(meeting)
    there = {one.need for one in found}
    return render_template(
        "bookings/services.html",
        meeting=meeting,
        services=[(one, words.remarks(one), NEXT.get(one.state)) for one in found],
        summary=words.summary(found),
        of_waiting=words.short(queries.of_waiting(meeting)),
        rest=[need for need in AccessNeed if need not in there],
        form=MoveForm(),
        may_write=current_user.role in WRITERS,
        erased=bool(found) and found[0].is_erased,
    )


@blueprint.route("/<code>", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def service(public_id: str, code: str) -> Any:
    """Decide about one service, asked for or not."""
    meeting, need = _meeting_or_404(public_id), _need_or_404(code)
    one = queries.service(meeting, need)
    form = ServiceForm(obj=TypedService(one))
    if form.validate_on_submit():
        try:
            _keep(meeting, need, form)
        except RuleBroken as error:
            form.refuse(error, TypedService(queries.service(meeting, need)))
        else:
            return _kept(one)
    remarks = words.remarks(one)
    page = render_template(
        "bookings/service.html", meeting=meeting, service=one, remarks=remarks, form=form
    )
    return page, form.status


@blueprint.post("/<code>/durum")
@requires(WRITERS)
@commit_on_success
def move(public_id: str, code: str) -> Any:
    """Note with one press how far a service has come."""
    meeting, need = _meeting_or_404(public_id), _need_or_404(code)
    form = MoveForm()
    if not form.validate_on_submit():
        abort(400)
    operations.move(
        meeting,
        need,
        BookingState(form.state.data),
        version=form.opened_version,
        actor=Actor.account(current_user),
    )
    return _kept(queries.service(meeting, need))


def _keep(meeting: Meeting, need: AccessNeed, form: ServiceForm) -> None:
    operations.keep(
        meeting,
        need,
        form.order,
        version=form.opened_version,
        actor=Actor.account(current_user),
    )


def _kept(service: Service) -> Any:
    flash(_("%(service)s: saved.", service=service.need.word), "success")
    return redirect(url_for(".services", public_id=service.meeting.public_id), 303)


def _meeting_or_404(public_id: str) -> Meeting:
    meeting: Meeting = find_meeting(public_id) or abort(404)
    return meeting


def _need_or_404(code: str) -> AccessNeed:
    need: AccessNeed = next((one for one in AccessNeed if one.value == code), None) or abort(404)
    return need
