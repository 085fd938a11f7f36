"""To whom of an organisation the invitation goes, in what way, and that it was handed over."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from coordinator.access import WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.invitations import operations
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.models import Invitation
from coordinator.invitations.queries.addressees import addressee, of_invitations, reached
from coordinator.invitations.views.loading import invitation_or_404, meeting_or_404
from coordinator.invitations.ways_form import OWN, WaysForm, name_of, ways_form
from coordinator.wording import Unkeepable, keepable


@blueprint.route(
    "/toplantilar/<public_id>/davetliler/<invitation_id>/kime", methods=["GET", "POST"]
)
@requires(WRITERS)
@commit_on_success
def ways(public_id: str, invitation_id: str) -> Any:
    meeting = meeting_or_404(public_id)
    one = invitation_or_404(invitation_id, meeting)
    rows = of_invitations([one.id]).get(one.id, [])
    form = ways_form(one, rows, reached([one])[one.id].letters)
    if form.validate_on_submit():
        try:
            _keep(one, form)
            flash(_("Kept for %(name)s.", name=one.name), "success")
            return redirect(_back(one), 303)
        except RuleBroken as error:
            form.refuse(error, one)
    page = render_template(
        "invitations/ways.html",
        form=form,
        names=[name_of(contact) for contact in form.contacts] + [OWN],
        invitation=one,
        meeting=meeting,
        back=_back(one),
    )
    return page, form.status


@blueprint.post("/toplantilar/<public_id>/davetliler/<invitation_id>/ulasti/<int:number>")
@requires(WRITERS)
@commit_on_success
def brought(public_id: str, invitation_id: str, number: int) -> Response:
    one = invitation_or_404(invitation_id, meeting_or_404(public_id))
    row = addressee(one, number) or abort(404)
    done = request.form.get("oldu") != "0"
    try:
        note = keepable(request.form.get("not", ""))[:500]
    except Unkeepable as error:
        flash(str(error.message), "error")
        return redirect(_page(one), 303)
    operations.mark_brought(
        addressee=row, brought=done, note=note, actor=Actor.account(current_user)
    )
    said = _("It is written down that it was handed over.") if done else _("It is open again.")
    flash(said, "success")
    return redirect(_page(one), 303)


def _keep(one: Invitation, form: WaysForm) -> None:
    operations.address(
        invitation=one,
        ways=form.ways,
        place=form.place,
        opened_version=form.opened_version,
        actor=Actor.account(current_user),
    )


def _back(one: Invitation) -> str:
    if one.invited_at is None:
        return url_for(".preview", public_id=one.meeting.public_id)
    return _page(one)


def _page(one: Invitation) -> str:
    return url_for(".invitation", public_id=one.meeting.public_id, invitation_id=one.public_id)
