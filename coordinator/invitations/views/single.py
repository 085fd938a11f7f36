"""One organisation's invitation: what was sent, through which links it is answered, what came."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.invitations import operations, parts
from coordinator.invitations.blueprint import blueprint
from coordinator.invitations.models import Addressee, Invitation
from coordinator.invitations.permissions import called_off, closed
from coordinator.invitations.queries.addressees import BROUGHT, of_invitations, reached
from coordinator.invitations.queries.correspondence import (
    letter_to,
    letters_to,
    openings,
)
from coordinator.invitations.queries.seats import given_answers
from coordinator.invitations.views.loading import invitation_or_404, meeting_or_404
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import NOT_ARRIVED, WENT_OUT
from coordinator.outbox.queries import held
from coordinator.registry.models import Channel

HERE = "/toplantilar/<public_id>/davetli/<invitation_id>"


@blueprint.get(HERE)
@requires(READERS)
def invitation(public_id: str, invitation_id: str) -> Any:
    meeting = meeting_or_404(public_id)
    one = invitation_or_404(invitation_id, meeting)
    letters, rows = letters_to(one), of_invitations([one.id]).get(one.id, [])
    written = {row.letter.to_address for row in letters}
    people = reached([one])[one.id]
    return render_template(
        "invitations/invitation.html",
        meeting=meeting,
        invitation=one,
        letters=letters,
        addressees=[row for row in rows if _is_brought(row)],
        paper=BROUGHT,
        openings=openings(letters, rows),
        answers=given_answers(one.id),
        unwritten=[person for person in people.letters if person.address not in written],
        resendable=NOT_ARRIVED,
        held=held(written),
        called_off=called_off(meeting),
        closed=closed(meeting),
        parts=parts.shown(one),
        may_write=current_user.role in WRITERS,
    )


@blueprint.post(f"{HERE}/mektup/<int:number>/yeniden")
@requires(WRITERS)
@commit_on_success
def resend_letter(public_id: str, invitation_id: str, number: int) -> Response:
    one = invitation_or_404(invitation_id, meeting_or_404(public_id))
    row = letter_to(one, number) or abort(404)
    try:
        outbox.resend(row.letter, Actor.account(current_user))
        flash(_("The letter waits to be sent again."), "success")
    except RuleBroken as error:
        flash(str(error), "error")
    return redirect(_page(one), 303)


@blueprint.post(f"{HERE}/baglanti/<int:number>/kapat")
@requires(WRITERS)
@commit_on_success
def end_link(public_id: str, invitation_id: str, number: int) -> Response:
    one = invitation_or_404(invitation_id, meeting_or_404(public_id))
    try:
        operations.end_link(invitation=one, number=number, actor=Actor.account(current_user))
        flash(_("The link opens nothing any more."), "success")
    except RuleBroken as error:
        flash(str(error), "error")
    return redirect(_page(one), 303)


@blueprint.post(f"{HERE}/baglanti/<int:number>/yenile")
@requires(WRITERS)
@commit_on_success
def renew_link(public_id: str, invitation_id: str, number: int) -> Response:
    one = invitation_or_404(invitation_id, meeting_or_404(public_id))
    try:
        to = operations.renew(invitation=one, number=number, actor=Actor.account(current_user))
        flash(
            _("A letter with a new link is on its way to %(address)s; the old link is closed.",
              address=to),
            "success",
        )  # fmt: skip
    except RuleBroken as error:
        flash(str(error), "error")
    return redirect(_page(one), 303)


@blueprint.get(f"{HERE}/kaldir")
@requires(WRITERS)
def removal(public_id: str, invitation_id: str) -> Any:
    """What it means to take the organisation off the list."""
    meeting = meeting_or_404(public_id)
    one = invitation_or_404(invitation_id, meeting)
    return render_template(
        "invitations/remove.html", meeting=meeting, invitation=one, told=_would_be_told(one)
    )


@blueprint.post(f"{HERE}/kaldir")
@requires(WRITERS)
@commit_on_success
def remove(public_id: str, invitation_id: str) -> Response:
    one = invitation_or_404(invitation_id, meeting_or_404(public_id))
    name = one.name
    told = operations.remove(
        invitation=one, tell="yaz" in request.form, actor=Actor.account(current_user)
    )
    flash(_("%(name)s is no longer on the list.", name=name), "success")
    if told:
        flash(ngettext("One person is told.", "%(num)s people are told.", told), "success")
    return redirect(url_for(".invitees", public_id=public_id), 303)


def _is_brought(row: Addressee) -> bool:
    """Is it brought or texted? Who is called may have a link that was made ready and not sent."""
    texted = row.link is not None and row.channel is not Channel.PHONE
    return bool(row.channel in BROUGHT or row.done_at or texted)


def _would_be_told(one: Invitation) -> int:
    gone = {row.letter.to_address for row in letters_to(one) if row.letter.state in WENT_OUT}
    return len(gone)


def _page(one: Invitation) -> str:
    return url_for(".invitation", public_id=one.meeting.public_id, invitation_id=one.public_id)
